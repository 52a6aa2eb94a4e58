// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.eve.AnomalyCounts;
import io.dpiprobe.capture.flow.Direction;
import org.jspecify.annotations.Nullable;

/** Keeps what the {@link Inspector} knows of one flow: which protocol it is, and how far its dissection has come. */
public final class Inspection {
    private int wantedOfClient;
    private int wantedOfServer;
    private boolean clientRuledOut;
    private boolean serverRuledOut;
    private int attempts;
    private long transactions;
    private boolean undecided = true;
    private boolean finished;
    private boolean midstream;
    private boolean gap;
    private @Nullable Protocol protocol;
    private @Nullable Protocol originalProtocol;
    private @Nullable Dissector dissector;
    private @Nullable String handOver;
    private @Nullable AnomalyCounts anomalies;

    /** Makes this as new for another flow. */
    public void reset() {
        wantedOfClient = 0;
        wantedOfServer = 0;
        clientRuledOut = false;
        serverRuledOut = false;
        attempts = 0;
        transactions = 0;
        undecided = true;
        finished = false;
        midstream = false;
        gap = false;
        protocol = null;
        originalProtocol = null;
        dissector = null;
        handOver = null;
        if (anomalies != null) {
            anomalies.clear();
        }
    }

    /** The protocol, once it is known. */
    public @Nullable Protocol protocol() {
        return protocol;
    }

    /** The protocol before it was handed over to another, if it was. */
    public @Nullable Protocol originalProtocol() {
        return originalProtocol;
    }

    /** True if bytes were seen and no protocol was recognised in them. */
    public boolean isUnrecognised() {
        return protocol == null && (finished || clientRuledOut || serverRuledOut);
    }

    /** Anomalies of the flow: made when the first is counted, kept for the next flow. */
    AnomalyCounts anomalies() {
        if (anomalies == null) {
            anomalies = new AnomalyCounts();
        }
        return anomalies;
    }

    /** Anomalies of the flow that made no event because there were too many. */
    public long anomaliesSuppressed() {
        return anomalies == null ? 0 : anomalies.suppressed();
    }

    /** Transactions counted so far. */
    public long transactions() {
        return transactions;
    }

    /** Says that the beginning of the connection was not captured. */
    public void markMidstream() {
        midstream = true;
    }

    boolean isMidstream() {
        return midstream;
    }

    boolean hasGap() {
        return gap;
    }

    void markGap() {
        gap = true;
    }

    long nextTransaction() {
        return transactions++;
    }

    void finish() {
        finished = true;
    }

    boolean isFinished() {
        return finished;
    }

    void handOver(String name) {
        handOver = name;
    }

    @Nullable
    String takeHandOver() {
        String name = handOver;
        handOver = null;
        return name;
    }

    @Nullable
    Dissector dissector() {
        return dissector;
    }

    void adopt(Protocol protocol, Dissector dissector) {
        if (this.protocol != null) {
            originalProtocol = this.protocol;
        }
        this.protocol = protocol;
        this.dissector = dissector;
        undecided = false;
        wantedOfClient = 0;
        wantedOfServer = 0;
    }

    void dropDissector() {
        dissector = null;
    }

    /** The protocol has made way for another that is still to be recognised. */
    void recogniseAgain() {
        undecided = true;
        clientRuledOut = false;
        serverRuledOut = false;
        wantedOfClient = 0;
        wantedOfServer = 0;
    }

    /** True if no protocol is recognised in the bytes at hand yet. */
    boolean isUndecided() {
        return undecided;
    }

    /** Bytes there must be before it makes sense to ask again. */
    int wanted(Direction from) {
        return from == Direction.TO_SERVER ? wantedOfClient : wantedOfServer;
    }

    void wanted(Direction from, int bytes) {
        if (from == Direction.TO_SERVER) {
            wantedOfClient = bytes;
        } else {
            wantedOfServer = bytes;
        }
    }

    boolean isRuledOut(Direction from) {
        return from == Direction.TO_SERVER ? clientRuledOut : serverRuledOut;
    }

    void ruleOut(Direction from) {
        if (from == Direction.TO_SERVER) {
            clientRuledOut = true;
        } else {
            serverRuledOut = true;
        }
    }

    int nextAttempt() {
        return ++attempts;
    }
}
