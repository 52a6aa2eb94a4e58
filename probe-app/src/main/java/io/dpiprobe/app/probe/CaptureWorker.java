// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.app.probe.CaptureInput.TimeBase;
import io.dpiprobe.buffer.EventSink;
import io.dpiprobe.capture.PacketPipeline;
import io.dpiprobe.capture.PipelineStatistics;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.capture.source.SourceCounters;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves packets from one source through one pipeline, on one thread. */
public final class CaptureWorker implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureWorker.class);
    private static final int PACKETS_PER_CYCLE = 256;

    private final int number;
    private final PacketSource source;
    private final TimeBase timeBase;
    private final PacketPipeline pipeline;
    private final EventSink sink;
    private final AtomicReference<@Nullable String> wantedFilter = new AtomicReference<>();
    private boolean isFinished;
    private volatile boolean isDone;
    private volatile @Nullable IOException failure;

    CaptureWorker(int number, PacketSource source, TimeBase timeBase, PacketPipeline pipeline, EventSink sink) {
        this.number = number;
        this.source = source;
        this.timeBase = timeBase;
        this.pipeline = pipeline;
        this.sink = sink;
    }

    @Override
    public String roleName() {
        return "capture-" + number;
    }

    @Override
    public int doWork() {
        if (isFinished) {
            return 0;
        }
        if (wantedFilter.get() != null) {
            changeFilter();
        }
        int packets = poll();
        if (packets == 0 && timeBase == TimeBase.LIVE) {
            pipeline.onTick(SystemEpochNanoClock.INSTANCE.nanoTime());
        }
        sink.onTick(SystemNanoClock.INSTANCE.nanoTime());
        if (failure != null || source.isExhausted()) {
            finish();
        }
        return packets;
    }

    private void changeFilter() {
        String expression = wantedFilter.getAndSet(null);
        if (expression == null) {
            return;
        }
        try {
            source.filter(expression);
        } catch (IOException e) {
            LOG.error("filter_refused: the old one stays: {}", e.getMessage());
        }
    }

    /** A source that broke for good ends as a file does; what it gave is kept. */
    private int poll() {
        try {
            return source.poll(pipeline, PACKETS_PER_CYCLE);
        } catch (IOException e) {
            LOG.error("capture_failed: {}", e.getMessage());
            failure = e;
            return 0;
        }
    }

    private void finish() {
        isFinished = true;
        pipeline.finish();
        sink.flush();
        isDone = true;
    }

    @Override
    public void onClose() {
        if (!isFinished) {
            finish();
        }
        source.close();
    }

    /** Asks for another filter; for any thread. */
    void requestFilter(String expression) {
        wantedFilter.set(expression);
    }

    /** Whether there will be no more packets, and all their events are in the buffer; for any thread. */
    boolean isDone() {
        return isDone;
    }

    /** Why there are no more packets, if the source broke; for any thread. */
    @Nullable
    IOException failure() {
        return failure;
    }

    public SourceCounters packets() {
        return source.counters();
    }

    public PipelineStatistics statistics() {
        return pipeline.statistics();
    }
}
