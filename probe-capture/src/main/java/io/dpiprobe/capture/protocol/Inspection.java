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
    /** Made for the first flow that is dissected, not for those that say nothing. */
    private @Nullable WorkMeter work;

    private int attempts;
    private long transactions;
    private boolean undecided = true;
    private boolean finished;
    private boolean midstream;
    private boolean gap;
    private @Nullable Protocol protocol;
    private @Nullable Protocol originalProtocol;
    private @Nullable String refinement;
    private @Nullable Protocol otherOfClient;
    private @Nullable Protocol otherOfServer;
    private boolean clientHeard;
    private boolean serverHeard;
    private @Nullable Dissector dissector;
    private @Nullable String handOver;
    private @Nullable AnomalyCounts anomalies;

    /** Makes this as new for another flow. */
    public void reset() {
        wantedOfClient = 0;
        wantedOfServer = 0;
        clientRuledOut = false;
        serverRuledOut = false;
        if (work != null) {
            work.reset();
        }
        attempts = 0;
        transactions = 0;
        undecided = true;
        finished = false;
        midstream = false;
        gap = false;
        protocol = null;
        originalProtocol = null;
        refinement = null;
        otherOfClient = null;
        otherOfServer = null;
        clientHeard = false;
        serverHeard = false;
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

    /** What the protocol turned out to carry, if that has a name of its own. */
    public @Nullable String refinement() {
        return refinement;
    }

    void refine(String name) {
        refinement = name;
    }

    /** What one side speaks if it is not what the flow's protocol is. */
    public @Nullable Protocol other(Direction from) {
        return from == Direction.TO_SERVER ? otherOfClient : otherOfServer;
    }

    void other(Direction from, Protocol spoken) {
        if (from == Direction.TO_SERVER) {
            otherOfClient = spoken;
        } else {
            otherOfServer = spoken;
        }
    }

    /** True the first time it is asked for a direction in which nothing was recognised. */
    boolean isFirstHeard(Direction from) {
        boolean first = !(from == Direction.TO_SERVER ? clientHeard : serverHeard);
        markHeard(from);
        return first;
    }

    void markHeard(Direction from) {
        if (from == Direction.TO_SERVER) {
            clientHeard = true;
        } else {
            serverHeard = true;
        }
    }

    /** True if bytes were seen and no protocol was recognised in them, or in what a protocol made way for. */
    public boolean isUnrecognised() {
        return undecided && (clientRuledOut || serverRuledOut || (finished && protocol == null));
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
        clientHeard = false;
        serverHeard = false;
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

    WorkMeter work() {
        if (work == null) {
            work = new WorkMeter();
        }
        return work;
    }

    int nextAttempt() {
        return ++attempts;
    }
}
