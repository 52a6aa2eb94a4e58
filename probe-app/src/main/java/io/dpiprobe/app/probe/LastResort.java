// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once when something has broken that no thread can go on from: systemd starts a whole probe again,
 * and a half-dead one would look alive for ever.
 *
 * <p>Every {@link Error} that reaches the top of a thread is such a thing: memory that is used up, a class that cannot be
 * linked, a stack that overflowed outside a dissector, the JVM itself; the thread of an agent ends with it. So is an agent
 * that only fails. The JVM's own {@code ExitOnOutOfMemoryError} is not used: its exit code would be 3.
 */
public final class LastResort implements Thread.UncaughtExceptionHandler {
    /** EX_SOFTWARE of sysexits.h, which is not among those that systemd takes for a wish to stop. */
    static final int EXIT_CODE = 70;

    private LastResort() {}

    /** Watches every thread of the process that nobody else watches. */
    public static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new LastResort());
    }

    /** Does not return if the process cannot go on after this. */
    static void consider(Throwable fault) {
        if (fault instanceof Error) {
            giveUp(fault.toString(), fault);
        }
    }

    /** Does not return. To say why may need memory that is not there; to end does not. */
    static void giveUp(String why, @Nullable Throwable fault) {
        try {
            Logger log = LoggerFactory.getLogger(LastResort.class); // only now: most commands have no other use for it
            log.error("fatal: {}; the process ends so that a whole one can begin", why, fault);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE); // an orderly stop would need what has just broken
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable fault) {
        consider(fault);
        Logger log = LoggerFactory.getLogger(LastResort.class);
        log.error("uncaught: thread {} has ended", thread.getName(), fault);
    }
}
