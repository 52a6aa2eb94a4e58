// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.List;
import java.util.Set;

/**
 * Tells what differs between the configuration in force and one that was read later.
 *
 * @param live settings that take effect at once
 * @param later settings that take effect at the next start
 */
public record ConfigurationChange(List<String> live, List<String> later) {
    /** Settings that a running probe can change; files with credentials are read again whenever they change. */
    private static final Set<Setting<?>> LIVE =
            Set.of(Settings.LOG_LEVEL, Settings.CAPTURE_FILTER, Settings.RATE_LIMIT_EVENTS_PER_SEC);

    public static ConfigurationChange between(Configuration before, Configuration after) {
        List<Setting<?>> changed = Settings.all().stream()
                .filter(setting -> !before.text(setting).equals(after.text(setting)))
                .toList();
        return new ConfigurationChange(names(changed, true), names(changed, false));
    }

    /** Whether a setting takes effect without a restart. */
    static boolean isLive(Setting<?> setting) {
        return LIVE.contains(setting);
    }

    private static List<String> names(List<Setting<?>> changed, boolean live) {
        return changed.stream()
                .filter(setting -> isLive(setting) == live)
                .map(Setting::name)
                .toList();
    }
}
