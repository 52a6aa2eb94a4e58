// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Says which share of each lane's events is kept at present; set by one thread, read by all that make events. */
public final class Admission {
    /** Every event is kept; shares are counted in thousandths. */
    public static final int ALL = 1000;

    /** No event is kept: the lane is shed. */
    public static final int NONE = 0;

    private final AtomicIntegerArray shares = new AtomicIntegerArray(Lane.values().length);

    /** Begins with everything. */
    public Admission() {
        for (Lane lane : Lane.values()) {
            shares.set(lane.index(), ALL);
        }
    }

    /** The share of a lane, from {@link #NONE} to {@link #ALL}. */
    public int share(Lane lane) {
        return shares.getOpaque(lane.index());
    }

    /** Changes the share of a lane other than HIGH, which is never sampled. */
    public void share(Lane lane, int thousandths) {
        assert lane != Lane.HIGH || thousandths == ALL : "HIGH is never sampled";
        assert thousandths >= NONE && thousandths <= ALL : thousandths;
        shares.setOpaque(lane.index(), thousandths);
    }
}
