// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.check;

import java.util.Locale;

/**
 * States the result of one check.
 *
 * @param subject what was checked: one word
 * @param text what was found
 * @param remedy what to do; empty if all is well
 */
public record Finding(Grade grade, String subject, String text, String remedy) {
    /** Says how bad it is. */
    public enum Grade {
        OK,
        /** The probe runs, but not as well as it could. */
        WARNING,
        /** The probe does not run, or delivers nothing. */
        ERROR;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text, "");
    }

    public static Finding warning(String subject, String text, String remedy) {
        return new Finding(Grade.WARNING, subject, text, remedy);
    }

    public static Finding error(String subject, String text, String remedy) {
        return new Finding(Grade.ERROR, subject, text, remedy);
    }
}
