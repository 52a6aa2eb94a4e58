// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import io.dpiprobe.buffer.Bound;
import java.time.Duration;

/**
 * Says what a watcher wants to see, and how fast.
 *
 * @param filter which events
 * @param bufferEvents most events that wait for a slow reader
 * @param eventsPerSecond most events a second
 * @param strategy what goes when the buffer is full
 * @param heartbeat longest silence
 * @param maxEvents after so many the stream ends
 */
public record StreamOptions(
        EventFilter filter,
        int bufferEvents,
        int eventsPerSecond,
        Strategy strategy,
        Duration heartbeat,
        long maxEvents) {
    public static final int DEFAULT_BUFFER = 1000;

    @Bound(of = "events that a stream may ask to buffer", then = "the request is answered with 400")
    public static final int MAX_BUFFER = 10_000;

    public static final int DEFAULT_RATE = 1000;

    @Bound(of = "events a second that a stream may ask for", then = "the request is answered with 400")
    public static final int MAX_RATE = 100_000;
    /** So that a forgotten stream ends some day. */
    @Bound(
            of = "events that a stream may ask for, and gets if it asks for no number",
            then = "the stream ends, or the request is answered with 400")
    public static final long MAX_EVENTS = 10_000_000;

    /** What goes when a reader is slow. */
    public enum Strategy {
        /** The oldest that wait: the reader sees the present, with holes. */
        DROP_OLDEST,
        /** Those that come: the reader sees all that waits in order, then a hole. The probe itself never waits. */
        BLOCK
    }
}
