// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Says that libpcap cannot be used on this host, and which package to install. */
public final class LibPcapMissingException extends IOException {
    private static final long serialVersionUID = 1;

    LibPcapMissingException(String problem) {
        super(
                "libpcap is needed for live capture and for capture filters: " + problem
                        + "; install it with: apt-get install libpcap0.8 (Debian, Ubuntu) or dnf install libpcap (Fedora, RHEL)");
    }
}
