// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says where the probe is managed, and by whom.
 *
 * @param address to listen at
 * @param tokenFile holds the token that requests must bear; none: no token
 * @param certificate PEM file; none: no TLS
 * @param key its private key
 */
public record ManagementConfig(
        HostPort address,
        @Nullable Path tokenFile,
        @Nullable Path certificate,
        @Nullable Path key) {}
