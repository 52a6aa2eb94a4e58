// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import io.dpiprobe.buffer.Ledger.Place;
import io.dpiprobe.buffer.disk.BlockRef;
import io.dpiprobe.buffer.memory.MemoryRing;
import io.dpiprobe.buffer.memory.Segment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent next and what goes to disk next, and knows what is being sent.
 *
 * <p>Shared by the transport loop and the spill agent under the lock of the ring, which is never held for input or
 * output.
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
    private final Deque<UnsafeBuffer> readBuffers = new ArrayDeque<>();
    private final int readyLimit;
    private List<BlockRef> released = new ArrayList<>();
    private boolean throughDiskOnly;
    private int inFlight;
    private int turn;
    private long handOuts;

    Outbox(MemoryRing ring, Ledger ledger, BufferConfig config, List<UnsafeBuffer> readBuffers) {
        this.ring = ring;
        this.ledger = ledger;
        this.epoch = config.epoch();
        this.maxInFlight = config.maxInFlight();
        this.readBuffers.addAll(readBuffers);
        this.readyLimit = Math.max(1, readBuffers.size() / LANES.length);
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new LaneState();
        }
    }

    /** What is known of one lane. */
    private static final class LaneState {
        /** Given back by the transport; older than everything that was not handed out yet. */
        private final PriorityQueue<HeldBatch> returned =
                new PriorityQueue<>(Comparator.comparingLong(HeldBatch::turn));

        /** Read from disk and not handed out yet. */
        private final Deque<DiskBatch> ready = new ArrayDeque<>();

        /** Memory that the transport holds or gave back, and that is not on disk too, oldest first. */
        private final Deque<MemoryBatch> uncopied = new ArrayDeque<>();

        /** Workers with a batch in flight: their next one waits, so that Core gets them in order. */
        private final BitSet onTheWay = new BitSet();

        /** Whether the disk has, or is about to get, something older than the ring. */
        private boolean behindDisk;

        /** Whether nothing older of the same worker is still on its way. */
        boolean mayFollow(int worker) {
            return !onTheWay.get(worker);
        }
    }

    // What the transport loop calls.

    @Override
    public @Nullable Batch poll() {
        synchronized (ring) {
            if (inFlight >= maxInFlight) {
                return null;
            }
            HeldBatch batch = next(TURNS[turn]);
            for (int l = 0; batch == null && l < LANES.length; l++) {
                batch = next(LANES[l]);
            }
            if (batch != null) {
                turn = (turn + 1) % TURNS.length;
                inFlight++;
                lanes[batch.lane().index()].onTheWay.set(batch.worker());
                batch.handOut(++handOuts);
                ledger.moved(batch.lane(), batch.home(), Place.IN_FLIGHT, batch.count());
            }
            return batch;
        }
    }

    private @Nullable HeldBatch next(Lane lane) {
        LaneState state = lanes[lane.index()];
        if (!state.returned.isEmpty()) {
            return state.mayFollow(state.returned.peek().worker()) ? state.returned.poll() : null;
        }
        if (!state.ready.isEmpty()) {
            return state.mayFollow(state.ready.peek().worker()) ? state.ready.poll() : null;
        }
        if (!state.mayFollow(ring.oldestWorker(lane))) {
            return null;
        }
        Segment segment = state.behindDisk || throughDiskOnly ? null : ring.take(lane);
        if (segment == null) {
            return null;
        }
        MemoryBatch batch = new MemoryBatch(segment, epoch);
        state.uncopied.add(batch);
        return batch;
    }

    @Override
    public void settle(Batch batch, Settlement settlement) {
        synchronized (ring) {
            assert settlement.total() == batch.count() : "settled " + settlement + " of " + batch.count();
            inFlight--;
            lanes[batch.lane().index()].onTheWay.clear(batch.worker());
            ledger.settled(batch.lane(), ((HeldBatch) batch).home(), settlement);
            if (batch instanceof DiskBatch disk) {
                readBuffers.add(disk.buffer());
                released.add(disk.ref());
            } else {
                settleMemory((MemoryBatch) batch);
            }
        }
    }

    private void settleMemory(MemoryBatch batch) {
        batch.settled();
        if (!batch.isBeingCopied()) {
            forget(batch);
        }
    }

    private void forget(MemoryBatch batch) {
        lanes[batch.lane().index()].uncopied.remove(batch);
        ring.release(batch.segment());
        BlockRef copy = batch.copy();
        if (copy != null) {
            released.add(copy);
        }
    }

    @Override
    public void giveBack(Batch batch) {
        synchronized (ring) {
            HeldBatch held = (HeldBatch) batch;
            inFlight--;
            lanes[held.lane().index()].onTheWay.clear(held.worker());
            ledger.moved(held.lane(), Place.IN_FLIGHT, held.home(), held.count());
            lanes[held.lane().index()].returned.add(held);
        }
    }

    int inFlight() {
        synchronized (ring) {
            return inFlight;
        }
    }

    // What the spill agent calls.

    /** Sends nothing from memory directly while this is so. */
    void throughDiskOnly(boolean only) {
        synchronized (ring) {
            throughDiskOnly = only;
        }
    }

    /** When the oldest event of a lane came that is in memory only, sealed or held; {@link Long#MAX_VALUE} if none. */
    long oldestNs(Lane lane) {
        synchronized (ring) {
            MemoryBatch held = lanes[lane.index()].uncopied.peek();
            return held == null ? ring.oldestNs(lane) : held.segment().openedAtNs();
        }
    }

    /** Takes what is to be written next of a lane: first copies of what the transport holds, then the oldest sealed. */
    @Nullable
    SpillJob takeForDisk(Lane lane) {
        synchronized (ring) {
            LaneState state = lanes[lane.index()];
            MemoryBatch held = state.uncopied.peek();
            if (held != null) {
                held.beingCopied(true);
                return new SpillJob(held.segment(), held);
            }
            Segment segment = ring.take(lane);
            if (segment == null) {
                return null;
            }
            state.behindDisk = true;
            return new SpillJob(segment, null);
        }
    }

    /** The job is done. */
    void written(SpillJob job, BlockRef ref) {
        synchronized (ring) {
            MemoryBatch held = job.held();
            if (held == null) {
                ledger.moved(
                        job.segment().lane(),
                        Place.MEMORY,
                        Place.DISK,
                        job.segment().count());
                ring.release(job.segment());
                return;
            }
            lanes[held.lane().index()].uncopied.remove(held);
            held.copied(ref);
            doneCopying(held);
        }
    }

    /** The job could not be done: everything is as before. */
    void notWritten(SpillJob job, boolean laneHasUnread) {
        synchronized (ring) {
            MemoryBatch held = job.held();
            if (held == null) {
                ring.putBack(job.segment());
                readToEnd(job.segment().lane(), laneHasUnread);
            } else {
                doneCopying(held);
            }
        }
    }

    private void doneCopying(MemoryBatch held) {
        held.beingCopied(false);
        if (held.isSettled()) {
            forget(held);
        }
    }

    /** A buffer to read a block into, if one is free and the lane has not enough waiting. */
    @Nullable
    UnsafeBuffer takeReadBuffer(Lane lane) {
        synchronized (ring) {
            return lanes[lane.index()].ready.size() < readyLimit ? readBuffers.poll() : null;
        }
    }

    void giveReadBuffer(UnsafeBuffer buffer) {
        synchronized (ring) {
            readBuffers.add(buffer);
        }
    }

    void ready(DiskBatch batch) {
        synchronized (ring) {
            lanes[batch.lane().index()].ready.add(batch);
        }
    }

    /** When the disk has nothing unread of a lane, memory is next. */
    void readToEnd(Lane lane, boolean laneHasUnread) {
        synchronized (ring) {
            lanes[lane.index()].behindDisk = laneHasUnread;
        }
    }

    /** Blocks on disk whose events were settled since the last call. */
    List<BlockRef> takeReleased() {
        synchronized (ring) {
            if (released.isEmpty()) {
                return List.of();
            }
            List<BlockRef> taken = released;
            released = new ArrayList<>();
            return taken;
        }
    }

    // What closing the buffer calls, when nobody else does any more.

    /** Memory that was given back counts as on disk if it is there too, and is lost otherwise. */
    void abandonReturned() {
        synchronized (ring) {
            for (LaneState state : lanes) {
                for (HeldBatch batch : state.returned) {
                    if (batch instanceof MemoryBatch memory) {
                        abandon(memory);
                    }
                }
                state.returned.clear();
            }
        }
    }

    private void abandon(MemoryBatch batch) {
        if (batch.copy() == null) {
            ledger.dropped(batch.lane(), Place.MEMORY, DropReason.SHUTDOWN, batch.count());
        } else {
            ledger.moved(batch.lane(), Place.MEMORY, Place.DISK, batch.count());
        }
        ring.release(batch.segment());
    }
}
