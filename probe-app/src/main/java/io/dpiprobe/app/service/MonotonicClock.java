// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.service;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.concurrent.TimeUnit;

/** Reads the clock by which the service manager orders its messages; that of {@link System#nanoTime} need not be it. */
final class MonotonicClock {
    private static final int CLOCK_MONOTONIC = 1;

    static {
        Native.register(MonotonicClock.class, Platform.C_LIBRARY_NAME);
    }

    private MonotonicClock() {}

    static long micros() {
        long[] time = new long[2]; // seconds, nanoseconds
        clock_gettime(CLOCK_MONOTONIC, time);
        return TimeUnit.SECONDS.toMicros(time[0]) + TimeUnit.NANOSECONDS.toMicros(time[1]);
    }

    @SuppressWarnings("checkstyle:MethodName") // the name in the C library
    private static native int clock_gettime(int clock, long[] time);
}
