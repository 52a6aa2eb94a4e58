// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.buffer.LedgerSnapshot;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports on the ledger: an event at each interval and one when all packets are through, a log line if it does not
 * balance, and the rate of drops.
 */
final class Reporter implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    /** An imbalance that is seen this often in a row is none of two threads that count at the same time. */
    private static final int CERTAIN = 3;

    private static final long CHECK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final LedgerReport report;
    private final EventSink sink;
    private final Supplier<PacketLedger> packets;
    private final Supplier<LedgerSnapshot> ledger;
    private final long intervalNs;
    private final DropRate dropRate = new DropRate();
    private long nextReportNs;
    private long nextCheckNs;
    private int imbalances;
    private volatile boolean isLastWanted;
    private volatile boolean isLastWritten;

    Reporter(
            LedgerReport report,
            EventSink sink,
            Supplier<PacketLedger> packets,
            Supplier<LedgerSnapshot> ledger,
            Duration interval) {
        this.report = report;
        this.sink = sink;
        this.packets = packets;
        this.ledger = ledger;
        this.intervalNs = interval.toNanos();
    }

    @Override
    public String roleName() {
        return "report";
    }

    @Override
    public void onStart() {
        nextReportNs = SystemNanoClock.INSTANCE.nanoTime() + intervalNs;
    }

    @Override
    public int doWork() {
        long nowNs = SystemNanoClock.INSTANCE.nanoTime();
        if (isLastWanted) {
            writeLast();
        } else if (nowNs - nextReportNs >= 0) {
            nextReportNs += intervalNs;
            write(false);
        }
        if (nowNs - nextCheckNs >= 0) {
            nextCheckNs = nowNs + CHECK_INTERVAL_NS;
            check(nowNs, ledger.get());
        }
        sink.onTick(nowNs);
        return 0;
    }

    /** All packets are through: asks for the last event; for any thread. */
    void requestLast() {
        isLastWanted = true;
    }

    /** Whether the last event is in the buffer; for any thread. */
    boolean isLastWritten() {
        return isLastWritten;
    }

    /** Events given up a second, over the last ten; for any thread. */
    double dropRate() {
        return dropRate.perSecond();
    }

    long[] eventsWritten() {
        return report.written();
    }

    @Override
    public void onClose() {
        writeLast();
    }

    private void writeLast() {
        if (!isLastWritten) {
            write(true);
            sink.flush();
            isLastWritten = true;
        }
    }

    private void write(boolean isFinal) {
        report.write(SystemEpochNanoClock.INSTANCE.nanoTime(), packets.get(), ledger.get(), isFinal);
    }

    private void check(long nowNs, LedgerSnapshot now) {
        dropRate.sample(nowNs, now.total(lane -> lane.droppedTotal()));
        long imbalance = now.imbalance();
        imbalances = imbalance == 0 ? 0 : imbalances + 1;
        if (imbalances == CERTAIN) {
            LOG.error("ledger_imbalance: {} events are accounted for nowhere or twice; this is a bug", imbalance);
        }
    }
}
