// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.List;

/** Carries everything that is wrong with a configuration. */
public final class InvalidConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, beginning with the name of the setting. */
    public List<String> problems() {
        return problems;
    }
}
