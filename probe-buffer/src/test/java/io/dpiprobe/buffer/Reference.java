// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * States the contract of the buffer in the plainest way: sets of event numbers for each lane and worker.
 *
 * <p>An event must arrive, may arrive (again), or must not.
 */
final class Reference {
    /** An event of a stream; runs are numbered, so that later runs come later. */
    private record Event(int run, long seq) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return run == other.run ? Long.compare(seq, other.seq) : Integer.compare(run, other.run);
        }
    }

    private record Stream(Lane lane, int worker) {}

    private static final class State {
        private final TreeSet<Event> due = new TreeSet<>();
        private final TreeSet<Event> inFlight = new TreeSet<>();
        private final TreeSet<Event> perhaps = new TreeSet<>();
        private final Set<Event> settled = new TreeSet<>();
        private final TreeSet<Event> onDisk = new TreeSet<>();
    }

    private final Map<Stream, State> streams = new HashMap<>();
    private int run;

    private State state(Lane lane, int worker) {
        return streams.computeIfAbsent(new Stream(lane, worker), any -> new State());
    }

    void offered(Lane lane, int worker, long seq) {
        state(lane, worker).due.add(new Event(run, seq));
    }

    /** Everything that was sealed is on disk now. */
    void spilled() {
        streams.values().forEach(state -> {
            state.onDisk.addAll(state.due);
            state.onDisk.addAll(state.inFlight);
        });
    }

    /** Checks a batch that was handed out: the oldest of its lane and worker, without a hole. */
    void polled(Batch batch, List<Long> seqs) {
        State state = state(batch.lane(), batch.worker());
        for (Event event : eventsOf(batch, seqs)) {
            if (state.perhaps.remove(event)) {
                state.settled.remove(event);
                state.inFlight.add(event);
                continue;
            }
            require(!state.due.isEmpty() && event.equals(state.due.first()), event + " came before its turn", state);
            state.due.pollFirst();
            state.inFlight.add(event);
        }
    }

    void settled(Batch batch, List<Long> seqs) {
        State state = state(batch.lane(), batch.worker());
        for (Event event : eventsOf(batch, seqs)) {
            require(state.inFlight.remove(event), event + " was not in flight", state);
            state.settled.add(event);
        }
    }

    void givenBack(Batch batch, List<Long> seqs) {
        State state = state(batch.lane(), batch.worker());
        for (Event event : eventsOf(batch, seqs)) {
            require(state.inFlight.remove(event), event + " was not in flight", state);
            state.due.add(event);
        }
    }

    /** After a stop everything comes again that was not settled, and perhaps some that was. */
    void stopped() {
        run++;
        streams.values().forEach(state -> {
            state.due.addAll(state.inFlight);
            state.inFlight.clear();
            state.perhaps.addAll(state.settled);
        });
    }

    /** After a crash what was on disk comes again; the rest may be lost. */
    void crashed() {
        stopped();
        streams.values().forEach(state -> {
            for (Event event : new ArrayList<>(state.due)) {
                if (!state.onDisk.contains(event)) {
                    state.due.remove(event);
                    state.perhaps.add(event);
                }
            }
        });
    }

    /** Checks that nothing is left that should have arrived; from here on nothing of it may come again. */
    void drained() {
        streams.forEach((stream, state) -> require(state.due.isEmpty(), stream + " has not arrived", state));
        streams.clear();
    }

    String epoch() {
        return "%08x".formatted(run);
    }

    private static List<Event> eventsOf(Batch batch, List<Long> seqs) {
        int run = Integer.parseInt(batch.epoch(), 16);
        return seqs.stream().map(seq -> new Event(run, seq)).toList();
    }

    private static void require(boolean holds, String what, State state) {
        if (!holds) {
            throw new AssertionError(what + "; due " + range(state.due) + ", in flight " + range(state.inFlight));
        }
    }

    private static String range(SortedSet<Event> events) {
        return events.isEmpty() ? "nothing" : events.size() + " from " + events.first() + " to " + events.last();
    }
}
