// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Joins the environment of the process with the file that it may have come from, so that the file can be read again: what
 * a running process was given as environment does not change.
 *
 * <p>The file wins over the environment, as it does for systemd. A variable that stood in the file and stands there no
 * more is none: what the process inherited of it came from the file.
 */
public final class SettingFile {
    private final Map<String, String> rest;
    private final Path file;
    private Map<String, String> content;

    private SettingFile(Map<String, String> rest, Path file, Map<String, String> content) {
        this.rest = rest;
        this.file = file;
        this.content = content;
    }

    /** Reads the file for the first time. */
    public static SettingFile open(Map<String, String> environment, Path file)
            throws IOException, InvalidConfigurationException {
        Map<String, String> content = EnvironmentFile.read(file);
        Map<String, String> rest = new HashMap<>(environment);
        rest.keySet().removeAll(content.keySet());
        return new SettingFile(rest, file, content);
    }

    /** Reads the file again; if that fails, what was read before stays. */
    public void refresh() throws IOException, InvalidConfigurationException {
        content = EnvironmentFile.read(file);
    }

    /** What the file and the environment say together. */
    public Map<String, String> environment() {
        Map<String, String> joined = new HashMap<>(rest);
        joined.putAll(content);
        return joined;
    }

    public Path file() {
        return file;
    }
}
