// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.AnomalyWriter;
import io.dpiprobe.capture.eve.Degraded;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.stream.BufferPool;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a dissector what it may know and do during a call: the flow, the time, events, and a word to the inspector. Must
 * not be kept.
 */
public final class Session {
    /** For {@link #handOver}: whatever is recognised in what follows. */
    public static final String UNKNOWN_PROTOCOL = "";

    /** Memory of a worker for what is held: a hundred files with eight reads of 64 KiB under way. */
    @Bound(
            of = "parts of files that came out of order, for each worker",
            then = "they are not held: the file has a gap",
            seen = "fileinfo.gaps",
            unit = Bound.Unit.BYTES)
    private static final long HELD_BYTES = 64L * 1024 * 1024;

    private final EventWriter events;
    private final AnomalyWriter anomalies;
    private final DigestPool digests = new DigestPool();
    private final BufferPool buffers = new BufferPool(HELD_BYTES);
    private final InflaterPool inflaters = new InflaterPool();
    private final InspectorStatistics statistics = new InspectorStatistics();
    private final Expectations expectations = new Expectations(statistics);
    private final IdentityHashMap<Class<?>, Object> shared = new IdentityHashMap<>();
    private final List<Summary> summaries = new ArrayList<>();
    private Flow flow = new Flow();
    private Inspection inspection = new Inspection();

    public Session(EventWriter events) {
        this.events = events;
        this.anomalies = new AnomalyWriter(events);
    }

    Session of(Flow flow, Inspection inspection) {
        this.flow = flow;
        this.inspection = inspection;
        return this;
    }

    InspectorStatistics statistics() {
        return statistics;
    }

    @Nullable
    Expectation claimExpectation() {
        return expectations.claim(flow, timestampNs());
    }

    public Flow flow() {
        return flow;
    }

    /** Time of the packet at hand, nanoseconds since the epoch. */
    public long timestampNs() {
        return events.timestampNs();
    }

    /** True if events of this type go anywhere: what only they need can be left undone. */
    public boolean wants(EventType type) {
        return events.wants(type);
    }

    /** Whether events show passwords and the like: if not, nothing of them need be kept. */
    public Secrets secrets() {
        return events.secrets();
    }

    /** What computes digests of files. */
    public DigestPool digests() {
        return digests;
    }

    /**
     * What all dissectors of a kind share on this worker, since only one of them works at a time: what is too large to
     * have for each flow.
     *
     * @param make makes it, the first time it is asked for
     */
    public <T> T shared(Class<T> type, Supplier<T> make) {
        Object known = shared.get(type);
        if (known == null) {
            known = make.get();
            shared.put(type, known);
        }
        return type.cast(known);
    }

    /** What sums up the flows of this worker in one way: made when it is first asked for. */
    public <T extends Summary> T summary(Class<T> type, Supplier<T> maker) {
        for (Summary each : summaries) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        T made = maker.get();
        summaries.add(made);
        return made;
    }

    /** Writes what is due of all that is summed up. */
    void onTime(long nowNs) {
        for (int i = 0; i < summaries.size(); i++) {
            Summary each = summaries.get(i);
            if (nowNs >= each.dueNs()) {
                events.atTime(each.dueNs());
                each.write(events);
            }
        }
    }

    /** Writes all that is summed up: the capture is over. */
    void onEnd(long nowNs) {
        events.atTime(nowNs);
        summaries.forEach(each -> each.write(events));
    }

    /** Writes events that belong to no flow. */
    public EventWriter events() {
        return events;
    }

    /** Memory for parts of files that come before those in front of them. */
    public BufferPool buffers() {
        return buffers;
    }

    /** What decompresses bodies. */
    public InflaterPool inflaters() {
        return inflaters;
    }

    /**
     * Begins an event: the common fields are written, the protocol's own object is next. {@link #end()} completes it;
     * only one can be open at a time.
     *
     * @param direction whose sender the event shows as the source
     */
    public JsonWriter begin(EventType type, Direction direction) {
        return events.begin(type, flow, direction);
    }

    /** Where the event that was begun takes what EVE has no place for: members of its {@code probe} object. */
    public JsonWriter probe() {
        return events.probe();
    }

    /** Completes the event that was begun and hands it on. */
    public void end() {
        int degraded = inspection.isMidstream() ? Degraded.MIDSTREAM : 0;
        events.end(inspection.hasGap() ? degraded | Degraded.GAP : degraded);
    }

    /** The protocol that handed over to this one, if one did. */
    public @Nullable Protocol originalProtocol() {
        return inspection.originalProtocol();
    }

    /** Transactions counted so far: the number of the next. */
    public long transactions() {
        return inspection.transactions();
    }

    /** What this protocol carries has a name of its own, which the flow bears from here on: {@code doh2}. */
    public void refine(String name) {
        inspection.refine(name);
    }

    /** Counts a transaction of the flow and gives its number, from 0. */
    public long nextTransaction() {
        return inspection.nextTransaction();
    }

    /**
     * Writes an anomaly event: what the dissector reads breaks a rule of its protocol, and it goes on.
     *
     * @param direction whose sender broke it
     * @param event a constant name, as EVE or the RFC has it: {@code INVALID_RESPONSE_CHUNK_LEN}
     * @param transaction the number of the transaction, from 0
     */
    public void anomaly(Direction direction, String event, long transaction) {
        Protocol protocol = inspection.protocol();
        if (protocol != null && anomalies.admit(inspection.anomalies(), event)) {
            anomalies.onTransaction(flow, direction, protocol.name(), event, transaction);
        }
    }

    /** Counts that one side breaks the protocol where the dissector goes on with the other. */
    public void violated() {
        statistics.onInvalid();
    }

    AnomalyWriter anomalies() {
        return anomalies;
    }

    /** No more bytes of this flow are wanted: it is only counted from here on. */
    public void finished() {
        inspection.finish();
    }

    /**
     * A connection to one side of this flow is about to begin: the next one there is dissected as this protocol, whatever
     * its bytes.
     *
     * @param protocol a registered name
     * @param listener the direction in which the side sends that will listen
     */
    public Expectation expect(String protocol, Direction listener, int port) {
        return expectations.announce(protocol, flow, listener, port, timestampNs());
    }

    /**
     * The bytes behind what this call consumes, in both directions, belong to another protocol: a registered name, or
     * {@link #UNKNOWN_PROTOCOL}.
     */
    public void handOver(String protocol) {
        inspection.handOver(protocol);
    }
}
