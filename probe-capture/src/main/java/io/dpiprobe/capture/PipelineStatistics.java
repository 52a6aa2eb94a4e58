// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.flow.FlowTable;
import io.dpiprobe.capture.packet.Undecodable;
import io.dpiprobe.capture.protocol.Inspector;
import io.dpiprobe.capture.protocol.InspectorStatistics;
import org.jspecify.annotations.Nullable;

/** Shows what a pipeline has counted. Written by its worker, read by any thread, at most a little late. */
public final class PipelineStatistics {
    private final EventWriter events;
    private final Inspector inspector;
    private final FlowTable<Conversation> flows;
    private final long[] undecodable = new long[Undecodable.values().length];
    private long decoded;

    PipelineStatistics(EventWriter events, Inspector inspector, FlowTable<Conversation> flows) {
        this.events = events;
        this.inspector = inspector;
        this.flows = flows;
    }

    void onDecoded(@Nullable Undecodable reason) {
        if (reason == null) {
            decoded++;
        } else {
            undecodable[reason.ordinal()]++;
        }
    }

    /** Packets that belong to a flow. */
    public long decoded() {
        return decoded;
    }

    /** Packets without a place in a flow, for one reason. */
    public long undecodable(Undecodable reason) {
        return undecodable[reason.ordinal()];
    }

    /** Flows in the table now. */
    public int flowsActive() {
        return flows.active();
    }

    public long flowsCreated() {
        return flows.created();
    }

    public long flowsEnded(EndReason reason) {
        return flows.ended(reason);
    }

    /** Flows that ended early because there were as many as there may be. */
    public long flowsEndedForTable() {
        return flows.ended(EndReason.FORCED) - flows.endedForHeap();
    }

    /** Flows that ended early because the heap was nearly full. */
    public long flowsEndedForHeap() {
        return flows.endedForHeap();
    }

    /** Events written so far, by {@link io.dpiprobe.capture.eve.EventType#ordinal()}. */
    public long[] eventsWritten() {
        return events.written();
    }

    public InspectorStatistics inspector() {
        return inspector.statistics();
    }
}
