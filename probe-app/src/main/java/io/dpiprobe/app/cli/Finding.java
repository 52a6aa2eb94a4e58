// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import java.util.Locale;

/**
 * States the result of one check.
 *
 * @param text what was checked, what was found and, unless it is good, what to do
 */
record Finding(Grade grade, String text) {
    enum Grade {
        OK,
        WARNING,
        ERROR;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String text) {
        return new Finding(Grade.OK, text);
    }

    static Finding warning(String text) {
        return new Finding(Grade.WARNING, text);
    }

    static Finding error(String text) {
        return new Finding(Grade.ERROR, text);
    }
}
