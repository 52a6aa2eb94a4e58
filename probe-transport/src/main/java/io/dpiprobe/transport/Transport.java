// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.transport.gate.Gate;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.BodyWriter;
import io.dpiprobe.transport.wire.Classifier;
import io.dpiprobe.transport.wire.Outcome;
import io.dpiprobe.transport.wire.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import okhttp3.HttpUrl;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers batches to Core: takes them from the buffer, sends them when the gate allows it, and settles them by the
 * answers.
 *
 * <p>Run it on one thread of its own; answers arrive on others and wait in a queue for the next cycle. Closing it (by its
 * runner) gives back to the buffer what was not acknowledged.
 */
public final class Transport implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    private static final long CREDENTIALS_CHECK_NS = TimeUnit.SECONDS.toNanos(1);

    private static final int UNCHANGED = -1;

    /** What stands for an answer to a request that an exception ended: the batch stays, and the gate paces it. */
    private static final Answer NOT_SENT = Answer.failed(new IOException("the request could not be made"));

    private final TransportConfig config;
    private final BatchSource source;
    private final CoreAvailability availability;
    private final Sender sender;
    private final TransportStatistics statistics;
    private final List<Destination> destinations = new ArrayList<>();
    private final BodyWriter bodies;
    private final Judge judge;

    private final PriorityQueue<Held> waiting = new PriorityQueue<>();
    private final List<Delivery> underWay = new ArrayList<>();
    private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wantedRate = new AtomicInteger(UNCHANGED);
    private final Rest rest = new Rest();
    private long turns;
    private long cycleNs = Long.MIN_VALUE;
    private long credentialsNs = Long.MIN_VALUE;
    private boolean unavailable;

    /** A delivery that waits for its next request; older ones first. */
    private record Held(long turn, Delivery delivery) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            return Long.compare(turn, other.turn);
        }
    }

    /** An answer with what it answers. */
    private record Answered(Held held, Destination destination, long startedNs, Answer answer) {}

    Transport(
            TransportConfig config,
            BatchSource source,
            CoreAvailability availability,
            Sender sender,
            DoubleSupplier random) {
        this.config = config;
        this.source = source;
        this.availability = availability;
        this.sender = sender;
        this.statistics = new TransportStatistics();
        this.bodies = new BodyWriter(config.wire().format(), config.probeId());
        this.judge = new Judge(config, statistics);
        for (URI uri : config.urls()) {
            Gate gate = new Gate(
                    config.gate(),
                    config.maxInFlight(),
                    config.batchMaxBytes(),
                    config.probeId(),
                    random,
                    statistics::onBreaker);
            destinations.add(new Destination(url(uri, config.wire().path()), gate));
        }
    }

    static HttpUrl url(URI core, String path) {
        String base = core.toString();
        return HttpUrl.get((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Reads the credentials and makes the client; nothing is sent before the agent runs. */
    public static Transport open(TransportConfig config, BatchSource source, CoreAvailability availability)
            throws IOException {
        CoreClient client = new CoreClient(config, Credentials.read(config.security()));
        return new Transport(
                config,
                source,
                availability,
                client,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    public TransportStatistics statistics() {
        return statistics;
    }

    /** Asks for another limit of events a second, 0: none; for any thread. */
    public void requestRate(int eventsPerSecond) {
        wantedRate.set(eventsPerSecond);
        rest.wake();
    }

    /** How its thread waits between two cycles: until the next attempt is due, or an answer arrives. */
    public IdleStrategy idleStrategy() {
        return rest;
    }

    @Override
    public String roleName() {
        return "transport";
    }

    @Override
    public void onStart() {
        rest.begin();
    }

    @Override
    public int doWork() {
        return doWork(SystemNanoClock.INSTANCE.nanoTime());
    }

    int doWork(long nowNs) {
        int work = takeAnswers(nowNs);
        work += startRequests(nowNs);
        checkCredentials(nowNs);
        changeRate(nowNs);
        report(nowNs);
        rest.allow(idleNs(nowNs));
        return work;
    }

    /** How long nothing can be sent whatever the buffer holds; the longest if only an answer can change that. */
    private long idleNs(long nowNs) {
        if (ready(nowNs) != null) {
            return underWay.size() < config.maxInFlight() ? 0 : Rest.LONGEST_NS;
        }
        long nextNs = Rest.LONGEST_NS;
        for (Destination destination : destinations) {
            long waitNs = destination.gate().nextAttemptNs() - nowNs;
            nextNs = waitNs > 0 ? Math.min(nextNs, waitNs) : nextNs;
        }
        return nextNs;
    }

    private int takeAnswers(long nowNs) {
        int taken = 0;
        for (Answered answered = answers.poll(); answered != null; answered = answers.poll()) {
            onAnswer(answered, nowNs);
            taken++;
        }
        return taken;
    }

    private void onAnswer(Answered answered, long nowNs) {
        Delivery delivery = answered.held().delivery();
        Outcome outcome = Classifier.classify(answered.answer(), config.wire().format());
        statistics.onAnswer(answered.answer().status(), nowNs - answered.startedNs());
        answered.destination().onAnswered();
        judge.judge(new Judge.Case(delivery, answered.destination(), outcome, answered.startedNs()), nowNs);
        if (delivery.isDone()) {
            underWay.remove(delivery);
            settle(delivery, nowNs);
        } else {
            waiting.add(inTurn(answered));
        }
    }

    /** While Core refuses what it is shown, it is shown something else: one bad event must not stand for all. */
    private Held inTurn(Answered answered) {
        boolean doubted = answered.destination().isDoubting();
        return doubted ? new Held(turns++, answered.held().delivery()) : answered.held();
    }

    private void settle(Delivery delivery, long nowNs) {
        var settlement = delivery.settle(judge.quarantine());
        long wallMs = SystemEpochClock.INSTANCE.time();
        long ageNs = delivery.batch().ageNs(nowNs, wallMs);
        source.settle(delivery.batch(), settlement);
        statistics.onSettled(settlement.acked(), ageNs, wallMs);
    }

    private int startRequests(long nowNs) {
        int started = 0;
        for (Destination to = ready(nowNs); to != null; to = ready(nowNs)) {
            Held held = nextDelivery();
            if (held == null) {
                break;
            }
            start(held, to, nowNs);
            started++;
        }
        return started;
    }

    /** The most preferred Core that may be asked now; another is used only while one is away or refuses everything. */
    private @Nullable Destination ready(long nowNs) {
        for (Destination destination : destinations) {
            if (destination.mayStart(nowNs)) {
                return destination;
            }
            if (destination.isUsable(nowNs)) {
                return null;
            }
        }
        return null;
    }

    private @Nullable Held nextDelivery() {
        if (!waiting.isEmpty()) {
            return waiting.poll();
        }
        Batch batch = underWay.size() < config.maxInFlight() ? source.poll() : null;
        if (batch == null) {
            return null;
        }
        Delivery delivery = new Delivery(batch);
        underWay.add(delivery);
        return new Held(turns++, delivery);
    }

    private void start(Held held, Destination to, long nowNs) {
        to.onStarted();
        boolean sent = false;
        try {
            send(held, to, nowNs);
            sent = true;
        } finally {
            if (!sent) {
                answers.add(new Answered(held, to, nowNs, NOT_SENT));
            }
        }
    }

    private void send(Held held, Destination to, long nowNs) {
        Delivery delivery = held.delivery();
        judge.prepare(delivery, to);
        Body body = delivery.body(bodies, judge.coding(), to.gate().batchLimitBytes(nowNs));
        to.gate().onStarted(body.count(), nowNs);
        statistics.onSent(body.bytes().length);
        var head = RequestHead.of(config.probeId(), delivery.batch(), body, delivery.countAttempt());
        sender.send(to.url(), head, body, answer -> {
            answers.add(new Answered(held, to, nowNs, answer));
            rest.wake();
        });
    }

    private void checkCredentials(long nowNs) {
        if (nowNs < credentialsNs) {
            return;
        }
        credentialsNs = nowNs + CREDENTIALS_CHECK_NS;
        boolean changed = sender.refreshCredentials();
        statistics.onCertificate(sender.certificateExpiresMs());
        if (changed) {
            destinations.stream()
                    .filter(Destination::isMisconfigured)
                    .forEach(destination -> destination.gate().lift(nowNs));
        }
    }

    private void changeRate(long nowNs) {
        int rate = wantedRate.getAndSet(UNCHANGED);
        if (rate != UNCHANGED) {
            destinations.forEach(destination -> destination.gate().limitRate(rate, nowNs));
        }
    }

    private void report(long nowNs) {
        Gate first = destinations.get(0).gate();
        boolean away = destinations.stream().noneMatch(destination -> destination.isUsable(nowNs));
        if (away != unavailable) {
            unavailable = away;
            LOG.info(away ? "core_unavailable: events wait in the buffer" : "core_available: delivery goes on");
            availability.unavailable(away);
        }
        long sinceNs = cycleNs == Long.MIN_VALUE ? 0 : nowNs - cycleNs;
        cycleNs = nowNs;
        statistics.onCycle(
                first.breaker(nowNs),
                underWay.size() - waiting.size(),
                first.concurrencyLimit(),
                first.batchLimitBytes(nowNs));
        long nextNs = first.nextAttemptNs(); // in the far past if nothing has been tried yet
        statistics.onPace(first.isPaced(), nextNs <= nowNs ? 0 : nextNs - nowNs, sinceNs);
    }

    @Override
    public void onClose() {
        takeAnswers(SystemNanoClock.INSTANCE.nanoTime());
        sender.close();
        underWay.forEach(delivery -> source.giveBack(delivery.batch()));
        underWay.clear();
        waiting.clear();
    }
}
