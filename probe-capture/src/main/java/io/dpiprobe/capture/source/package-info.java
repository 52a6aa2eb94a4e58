// SPDX-License-Identifier: Apache-2.0
/** Takes packets from interfaces (libpcap) and from capture files (pcap, pcapng). */
@NullMarked
package io.dpiprobe.capture.source;

import org.jspecify.annotations.NullMarked;
