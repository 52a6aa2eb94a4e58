// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.Locale;

/**
 * Describes one setting.
 *
 * @param name of the environment variable
 * @param type how its text becomes a value
 * @param defaultText empty if there is no value unless one is given
 * @param sentence what it is for
 */
public record Setting<T>(String name, ValueType<T> type, String defaultText, String sentence) {
    /** The name as a flag of a command. */
    public String flag() {
        return "--" + name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What may be written. */
    public String range() {
        return type.range();
    }
}
