// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Summary;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps a row of counters for each client, server, share and user, and writes all at the end of each interval. */
final class SmbActivity implements Summary {
    /** How long is counted before it is written; intervals begin at full minutes, so that workers' rows add up. */
    static final long INTERVAL_NS = 60_000_000_000L;
    /** Rows at the same time, of up to 20 KiB each; one more, and all are written before the interval ends. */
    @Bound(of = "rows of an interval, for each worker", then = "all are written early", seen = "smb_activity")
    static final int MAX_ROWS = 1024;

    private static final int BUCKETS = 2 * MAX_ROWS;

    private final @Nullable ActivityRow[] rows = new ActivityRow[MAX_ROWS];
    private final int[] buckets = new int[BUCKETS];
    private final ActivityEvent event = new ActivityEvent();
    private int count;
    private long startNs;
    private long dueNs = Long.MAX_VALUE;
    private long epoch;

    /** Changes when rows that were found before are no longer to be used. */
    long epoch() {
        return epoch;
    }

    /** The row of these four; there is always one. */
    ActivityRow row(Flow flow, Slice share, Slice domain, Slice user, EventWriter events) {
        int bucket = bucket(flow, share, user);
        while (buckets[bucket] > 0) {
            ActivityRow row = rowAt(buckets[bucket] - 1);
            if (row.is(flow, share, domain, user)) {
                return row;
            }
            bucket = (bucket + 1) % BUCKETS;
        }
        if (count == MAX_ROWS) {
            write(events);
            bucket = bucket(flow, share, user);
        }
        if (count == 0) {
            startNs = events.timestampNs();
            dueNs = Math.floorDiv(startNs, INTERVAL_NS) * INTERVAL_NS + INTERVAL_NS;
        }
        ActivityRow row = rowAt(count++);
        buckets[bucket] = count;
        row.begin(flow, share, domain, user);
        return row;
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public void write(EventWriter events) {
        for (int i = 0; i < count; i++) {
            if (rowAt(i).hasCounted()) {
                event.write(rowAt(i), startNs, events);
            }
        }
        count = 0;
        dueNs = Long.MAX_VALUE;
        epoch++;
        Arrays.fill(buckets, 0);
    }

    private ActivityRow rowAt(int index) {
        ActivityRow row = rows[index];
        if (row == null) {
            row = new ActivityRow();
            rows[index] = row;
        }
        return row;
    }

    private static int bucket(Flow flow, Slice share, Slice user) {
        long hash = FileName.hash(share, 0, share.length()) * 31 + FileName.hash(user, 0, user.length());
        hash = (hash * 31 + flow.clientLo()) * 31 + flow.serverLo() + flow.clientHi() * 17 + flow.serverHi();
        hash *= 0x9e37_79b9_7f4a_7c15L;
        return (int) (hash >>> 40) % BUCKETS;
    }
}
