// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.buffer.FullPolicy;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.memory.MemoryLayout;

/** Finds values that are valid each on its own but not together. */
final class CrossChecks {
    private final SettingValues values;

    CrossChecks(SettingValues values) {
        this.values = values;
    }

    void run() {
        checkMemory();
        checkFullPolicy();
        checkBackoff();
        checkCertificate();
        checkManagement();
    }

    private void checkMemory() {
        int sinks = Configuration.workersOf(values) + 1;
        BufferConfig buffer = Configuration.bufferOf(values, "00000000", sinks);
        if (buffer.spillThresholdBytes() > buffer.memoryBytes()) {
            values.addProblem(Settings.BACKPRESSURE_THRESHOLD, "is more than MAX_BUFFER_SIZE_MB");
        }
        try {
            MemoryLayout.of(buffer.memoryBytes(), sinks, Lane.values().length, buffer.maxInFlight());
        } catch (IllegalArgumentException e) {
            values.addProblem(
                    Settings.MAX_BUFFER_SIZE_MB, "is too little for CAPTURE_THREADS and MAX_IN_FLIGHT; give more");
        }
    }

    private void checkFullPolicy() {
        boolean blocks = values.get(Settings.BUFFER_FULL_POLICY) == FullPolicy.BLOCK;
        if (blocks && !Configuration.isReadAtOnce(values)) {
            values.addProblem(
                    Settings.BUFFER_FULL_POLICY,
                    "block would stall capture; it is only for CAPTURE_FILE with CAPTURE_SPEED=max");
        }
    }

    private void checkBackoff() {
        if (values.get(Settings.BACKOFF_INITIAL_MS) > values.get(Settings.BACKOFF_MAX_MS)) {
            values.addProblem(Settings.BACKOFF_INITIAL_MS, "is more than BACKOFF_MAX_MS");
        }
    }

    private void checkManagement() {
        HostPort address = values.get(Settings.MANAGEMENT_ADDRESS);
        if (!values.isGiven(Settings.MANAGEMENT_TOKEN_FILE) && !address.isLoopback()) {
            values.addProblem(
                    Settings.MANAGEMENT_ADDRESS,
                    "can be reached by others, which needs MANAGEMENT_TOKEN_FILE; or use 127.0.0.1");
        }
        if (values.isGiven(Settings.MANAGEMENT_CERT_PATH) != values.isGiven(Settings.MANAGEMENT_KEY_PATH)) {
            values.addProblem(
                    values.isGiven(Settings.MANAGEMENT_CERT_PATH)
                            ? Settings.MANAGEMENT_KEY_PATH
                            : Settings.MANAGEMENT_CERT_PATH,
                    "is needed, because the other of MANAGEMENT_CERT_PATH and MANAGEMENT_KEY_PATH is given");
        }
    }

    private void checkCertificate() {
        if (values.isGiven(Settings.PROBE_CERT_PATH) != values.isGiven(Settings.PROBE_KEY_PATH)) {
            boolean lacksKey = values.isGiven(Settings.PROBE_CERT_PATH);
            values.addProblem(
                    lacksKey ? Settings.PROBE_KEY_PATH : Settings.PROBE_CERT_PATH,
                    "is needed, because the other of PROBE_CERT_PATH and PROBE_KEY_PATH is given");
        }
    }
}
