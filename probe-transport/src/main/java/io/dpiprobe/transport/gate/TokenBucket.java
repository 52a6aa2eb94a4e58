// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.gate;

import java.util.concurrent.TimeUnit;

/** Limits events per second by making the one who spent too much wait; holds one second's worth. */
public final class TokenBucket {
    private static final double NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private double tokens;
    private long filledNs;

    /** Takes the rate; 0 is no limit. */
    public TokenBucket(double perSecond, long nowNs) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.filledNs = nowNs;
    }

    /** Spends what is there and, for a batch larger than that, what comes next: the debt is waited for afterwards. */
    public void spend(int events, long nowNs) {
        if (perSecond == 0) {
            return;
        }
        double gained = (nowNs - filledNs) / NS_PER_SECOND * perSecond;
        tokens = Math.min(perSecond, tokens + gained) - events;
        filledNs = nowNs;
    }

    /** The moment from which more may be spent. */
    public long opensAtNs() {
        if (perSecond == 0 || tokens > 0) {
            return Long.MIN_VALUE;
        }
        return filledNs + (long) Math.ceil(-tokens / perSecond * NS_PER_SECOND);
    }
}
