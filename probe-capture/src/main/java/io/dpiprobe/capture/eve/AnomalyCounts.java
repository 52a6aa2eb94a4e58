// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Bound;
import java.util.Arrays;

/** Counts the anomalies of one flow by kind, so that a broken or hostile peer cannot fill the log. */
public final class AnomalyCounts {
    /** Events of one kind in one flow: enough to see a pattern. */
    @Bound(
            of = "anomaly events of one kind in a flow",
            then = "further ones are counted",
            seen = "probe.anomalies_suppressed")
    static final int MAX_OF_A_KIND = 8;
    /** Kinds told apart in one flow; those after are only counted. */
    @Bound(
            of = "kinds of anomalies told apart in a flow",
            then = "further ones are counted",
            seen = "probe.anomalies_suppressed")
    static final int MAX_KINDS = 8;

    private final String[] kinds = new String[MAX_KINDS];
    private final byte[] counts = new byte[MAX_KINDS];
    private int known;
    private long suppressed;

    /** Makes this as new for another flow. */
    public void clear() {
        Arrays.fill(counts, (byte) 0);
        known = 0;
        suppressed = 0;
    }

    /** Anomalies that made no event. */
    public long suppressed() {
        return suppressed;
    }

    /** Counts one; true if it may make an event. */
    boolean admit(String kind) {
        int i = 0;
        while (i < known && !kinds[i].equals(kind)) {
            i++;
        }
        if (i == known && known < MAX_KINDS) {
            kinds[known++] = kind;
        }
        if (i == MAX_KINDS || counts[i] == MAX_OF_A_KIND) {
            suppressed++;
            return false;
        }
        counts[i]++;
        return true;
    }
}
