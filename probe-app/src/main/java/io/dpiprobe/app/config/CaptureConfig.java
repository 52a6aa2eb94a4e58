// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what is captured.
 *
 * @param interfaces comma list; empty is the one of the default route
 * @param file read instead of interfaces, if there is one
 * @param speed how fast the file is read
 * @param filter pcap-filter(7) expression; empty passes everything
 * @param workers capture threads
 * @param bufferBytes capture ring in the kernel for each worker
 * @param promiscuous whether packets for other hosts are wanted
 * @param snapLength bytes kept of each packet
 */
public record CaptureConfig(
        String interfaces,
        @Nullable Path file,
        CaptureSpeed speed,
        String filter,
        int workers,
        int bufferBytes,
        boolean promiscuous,
        int snapLength) {}
