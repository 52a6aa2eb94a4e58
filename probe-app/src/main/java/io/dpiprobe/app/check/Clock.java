// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.time.Duration;
import java.time.Instant;

/** Looks whether the clock can be trusted: every event bears its time. */
final class Clock {
    private static final String SUBJECT = "clock";
    private static final String REMEDY = "keep it right: apt-get install chrony, or enable systemd-timesyncd";
    /** No clock is right that shows a time before this program was made. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    /** More than an answer under way and a header in whole seconds explain. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private Clock() {}

    /** What the kernel knows of its clock. */
    enum KernelStatus {
        SYNCHRONISED,
        NOT_SYNCHRONISED,
        UNKNOWN
    }

    static Finding check(Instant now, KernelStatus status) {
        if (now.isBefore(EARLIEST)) {
            return Finding.error(SUBJECT, "it shows " + now, REMEDY);
        }
        return switch (status) {
            case SYNCHRONISED -> Finding.ok(SUBJECT, "it is synchronised");
            case NOT_SYNCHRONISED -> Finding.warning(SUBJECT, "nothing keeps it synchronised", REMEDY);
            case UNKNOWN ->
                Finding.ok(SUBJECT, "it shows " + now + "; whether it is synchronised, the kernel does not say");
        };
    }

    /** Compares it with Core's. */
    static Finding compare(Instant now, Instant core) {
        Duration difference = Duration.between(core, now).abs();
        String text = "it differs from Core's by " + difference.toSeconds() + " s";
        return difference.compareTo(SKEW) <= 0
                ? Finding.ok(SUBJECT, text)
                : Finding.warning(SUBJECT, text, "one of the two is wrong; " + REMEDY);
    }

    static KernelStatus kernelStatus() {
        try (Memory time = new Memory(Adjtimex.BYTES)) {
            time.clear(); // asks, changes nothing
            int state = Adjtimex.adjtimex(time);
            boolean synchronised =
                    state != Adjtimex.TIME_ERROR && (time.getInt(Adjtimex.STATUS) & Adjtimex.UNSYNC) == 0;
            return synchronised ? KernelStatus.SYNCHRONISED : KernelStatus.NOT_SYNCHRONISED;
        } catch (LastErrorException | LinkageError e) {
            return KernelStatus.UNKNOWN;
        }
    }

    /** Describes struct timex of a 64-bit system (adjtimex(2)). */
    private static final class Adjtimex {
        static final int BYTES = 256;
        static final int STATUS = 40;
        static final int UNSYNC = 0x40;
        static final int TIME_ERROR = 5;

        static {
            Native.register(Adjtimex.class, Platform.C_LIBRARY_NAME);
        }

        private Adjtimex() {}

        static native int adjtimex(Pointer time) throws LastErrorException;
    }
}
