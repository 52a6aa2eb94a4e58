// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Packet;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the flow of a packet and ends flows that have been quiet.
 *
 * <p>Open addressing over one array of longs, so that a lookup touches one cache line before the flow itself:
 *
 * <pre>
 *   slot: | hash, 32 bits | number of the flow + 1, 32 bits |      0 is empty
 * </pre>
 *
 * The slots are at most half full. Flows are made as they are first needed, kept for ever and used again. Owned by one thread.
 */
public final class FlowTable<F extends Flow> {
    /** How many flows are looked at for the least recently active one when the table is full. */
    @Bound(
            of = "flows looked at for the quietest when the table is full",
            then = "the quietest of these ends",
            seen = "flows_evicted_total{reason=\"forced\"}")
    private static final int EVICTION_SAMPLE = 16;
    /** Flows that end for one that begins while there are too many: more than one, so that their number falls. */
    private static final int EVICTIONS_PER_FLOW = 2;
    /** Flows there is room for at first; the arrays double from there up to the cap. */
    private static final int FIRST_FLOWS = 1024;
    /** Quiet flows are looked for at most this often, in packet time. */
    private static final long SWEEP_INTERVAL_NS = 1_000_000_000L;
    /** Packets of one capture may be this much out of order. */
    private static final long REORDERING_NS = 1_000_000_000L;

    private final FlowTimeouts timeouts;
    private final FlowListener<F> listener;
    private final Supplier<F> maker;
    private final long seed;
    private final int maxFlows;
    private final HeapRoom room;

    private long[] slots = new long[2 * FIRST_FLOWS];
    private int mask = slots.length - 1;
    private Flow[] flows = new Flow[FIRST_FLOWS];
    private long[] expiresNs = new long[FIRST_FLOWS];
    private int[] free = new int[FIRST_FLOWS];
    private int made;
    private int freeCount;
    private int evictionHand;
    private long nowNs;
    private long latestNs = Long.MAX_VALUE;
    private long sweptNs;
    private long created;
    private long endedForHeap;
    private final long[] ended = new long[EndReason.values().length];

    /**
     * @param maxFlows hard cap, 1 to 16 million
     * @param room lowers the cap when the heap is nearly full
     * @param seed makes the hash unpredictable
     */
    public FlowTable(
            int maxFlows,
            HeapRoom room,
            long seed,
            FlowTimeouts timeouts,
            Supplier<F> maker,
            FlowListener<F> listener) {
        this.maxFlows = maxFlows;
        this.room = room;
        this.seed = seed;
        this.timeouts = timeouts;
        this.maker = maker;
        this.listener = listener;
    }

    /**
     * Moves the time on, which ends flows that have been quiet for long enough.
     *
     * <p>Captures put together from several go back in time: the table's own time then stands still until packets move
     * on from there, so that no flow ends early or lives for ever.
     */
    public void advance(long timeNs) {
        if (timeNs > latestNs) {
            nowNs += Math.max(0, timeNs - latestNs);
            latestNs = timeNs;
        } else if (latestNs - timeNs > REORDERING_NS) {
            latestNs = timeNs;
        }
        if (nowNs - SWEEP_INTERVAL_NS >= sweptNs) {
            sweptNs = nowNs;
            sweep();
        }
    }

    /** The flow of a packet, if there is one that is not over. */
    public @Nullable F find(Packet packet) {
        int hash = FlowKey.hash(packet, seed);
        for (int i = hash & mask; slots[i] != 0; i = i + 1 & mask) {
            if ((int) (slots[i] >>> 32) == hash) {
                F flow = flow((int) slots[i] - 1);
                if (flow.owns(packet)) {
                    return isExpired(flow) ? endAndForget(flow) : flow;
                }
            }
        }
        return null;
    }

    /** Begins a flow with this packet. The caller has looked: there is none. */
    public F begin(Packet packet) {
        makeRoom();
        F flow = freeCount > 0 ? flow(free[--freeCount]) : make();
        flow.hash = FlowKey.hash(packet, seed);
        flow.begin(packet);
        insert(flow);
        created++;
        touch(flow);
        return flow;
    }

    /** Notes activity: the flow's timeout starts anew. */
    public void touch(F flow) {
        expiresNs[flow.index] = nowNs + timeouts.of(flow.protocol(), flow.state());
    }

    /** Ends a flow: the listener is told, then it is forgotten. */
    public void end(F flow, EndReason reason) {
        ended[reason.ordinal()]++;
        listener.onFlowEnd(flow, reason);
        remove(flow);
        expiresNs[flow.index] = Long.MAX_VALUE;
        free[freeCount++] = flow.index;
    }

    /** Ends every flow, in the order of their numbers. */
    public void endAll(EndReason reason) {
        for (int i = 0; i < made; i++) {
            if (expiresNs[i] != Long.MAX_VALUE) {
                end(flow(i), reason);
            }
        }
    }

    public int active() {
        return made - freeCount;
    }

    public long created() {
        return created;
    }

    /** Flows ended for a reason so far. */
    public long ended(EndReason reason) {
        return ended[reason.ordinal()];
    }

    /** Those of {@link EndReason#FORCED} that the heap had no room for, though the table had. */
    public long endedForHeap() {
        return endedForHeap;
    }

    private void makeRoom() {
        int limit = Math.min(maxFlows, room.onFlowBegin(active()));
        for (int n = 0; n < EVICTIONS_PER_FLOW && active() >= limit; n++) {
            if (active() < maxFlows) {
                endedForHeap++;
            }
            evictOne();
        }
    }

    private boolean isExpired(F flow) {
        return expiresNs[flow.index] <= nowNs;
    }

    private @Nullable F endAndForget(F flow) {
        end(flow, EndReason.TIMEOUT);
        return null;
    }

    private void sweep() {
        for (int i = 0; i < made; i++) {
            if (expiresNs[i] <= nowNs) {
                end(flow(i), EndReason.TIMEOUT);
            }
        }
    }

    /** Those that are over already expire never: of sixteen places one at least should hold a flow that is not. */
    private void evictOne() {
        int victim = evictionHand;
        for (int n = 0; n < EVICTION_SAMPLE || expiresNs[victim] == Long.MAX_VALUE; n++) {
            evictionHand = (evictionHand + 1) % made;
            if (expiresNs[evictionHand] < expiresNs[victim]) {
                victim = evictionHand;
            }
        }
        end(flow(victim), EndReason.FORCED);
    }

    private F make() {
        if (made == flows.length) {
            grow();
        }
        F flow = maker.get();
        flow.index = made;
        flows[made++] = flow;
        return flow;
    }

    /** Doubles the arrays, which is rare: flows are never given back to the heap. */
    private void grow() {
        int capacity = (int) Math.min(maxFlows, 2L * flows.length);
        flows = Arrays.copyOf(flows, capacity);
        expiresNs = Arrays.copyOf(expiresNs, capacity);
        free = Arrays.copyOf(free, capacity);
        long[] old = slots;
        slots = new long[2 * old.length];
        mask = slots.length - 1;
        for (long slot : old) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private void insert(F flow) {
        put((long) flow.hash << 32 | flow.index + 1);
    }

    private void put(long slot) {
        int i = (int) (slot >>> 32) & mask;
        while (slots[i] != 0) {
            i = i + 1 & mask;
        }
        slots[i] = slot;
    }

    /** Closes the hole behind the removed slot, so that no tombstones gather. */
    private void remove(F flow) {
        int hole = flow.hash & mask;
        while ((int) slots[hole] != flow.index + 1) {
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask; slots[i] != 0; i = i + 1 & mask) {
            int home = (int) (slots[i] >>> 32) & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = 0;
    }

    @SuppressWarnings("unchecked")
    private F flow(int index) {
        return (F) flows[index];
    }
}
