// SPDX-License-Identifier: Apache-2.0
/** Dissects DNS (RFC 1035) over UDP and TCP, and multicast DNS (RFC 6762). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.dns;

import org.jspecify.annotations.NullMarked;
