// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.Ledger.Place;
import io.dpiprobe.buffer.memory.MemoryRing;
import io.dpiprobe.buffer.memory.Segment;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent next and knows what is being sent.
 *
 * <p>Shared by the transport loop and the spill agent under the lock of the ring.
 */
final class Outbox implements BatchSource {
    /** The lane that is asked first, turn by turn: mostly HIGH, but each lane has its turn under any load. */
    private static final Lane[] TURNS = {
        Lane.HIGH, Lane.HIGH, Lane.NORMAL, Lane.HIGH, Lane.HIGH, Lane.NORMAL, Lane.HIGH, Lane.LOW
    };

    private static final Lane[] LANES = Lane.values();

    private final MemoryRing ring;
    private final Ledger ledger;
    private final String epoch;
    private final int maxInFlight;
    private final LaneState[] lanes = new LaneState[LANES.length];
    private int inFlight;
    private int turn;
    private long handOuts;

    Outbox(MemoryRing ring, Ledger ledger, BufferConfig config) {
        this.ring = ring;
        this.ledger = ledger;
        this.epoch = config.epoch();
        this.maxInFlight = config.maxInFlight();
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new LaneState();
        }
    }

    /** What is known of one lane. */
    private static final class LaneState {
        private final PriorityQueue<HeldBatch> returned =
                new PriorityQueue<>(Comparator.comparingLong(HeldBatch::turn));
    }

    @Override
    public @Nullable Batch poll() {
        synchronized (ring) {
            if (inFlight >= maxInFlight) {
                return null;
            }
            HeldBatch batch = next(TURNS[turn % TURNS.length]);
            for (int l = 0; batch == null && l < LANES.length; l++) {
                batch = next(LANES[l]);
            }
            if (batch != null) {
                turn = (turn + 1) % TURNS.length;
                inFlight++;
                batch.handOut(++handOuts);
                ledger.moved(batch.lane(), batch.home(), Place.IN_FLIGHT, batch.count());
            }
            return batch;
        }
    }

    private @Nullable HeldBatch next(Lane lane) {
        HeldBatch returned = lanes[lane.index()].returned.poll();
        if (returned != null) {
            return returned;
        }
        Segment segment = ring.take(lane);
        return segment == null ? null : new MemoryBatch(segment, epoch);
    }

    @Override
    public void settle(Batch batch, Settlement settlement) {
        synchronized (ring) {
            assert settlement.total() == batch.count() : "settled " + settlement + " of " + batch.count();
            inFlight--;
            ledger.settled(batch.lane(), settlement);
            if (batch instanceof MemoryBatch memory) {
                ring.release(memory.segment());
            }
        }
    }

    @Override
    public void giveBack(Batch batch) {
        synchronized (ring) {
            HeldBatch held = (HeldBatch) batch;
            inFlight--;
            ledger.moved(held.lane(), Place.IN_FLIGHT, held.home(), held.count());
            lanes[held.lane().index()].returned.add(held);
        }
    }

    int inFlight() {
        synchronized (ring) {
            return inFlight;
        }
    }
}
