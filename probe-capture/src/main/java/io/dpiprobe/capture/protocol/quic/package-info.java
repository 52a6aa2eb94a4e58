// SPDX-License-Identifier: Apache-2.0
/**
 * Dissects QUIC (RFC 8999, 9000, 9001, 9369, the drafts from the 23rd on, and Google's versions before them) up to the
 * point where only its two ends can read it. Pure.
 */
@NullMarked
package io.dpiprobe.capture.protocol.quic;

import org.jspecify.annotations.NullMarked;
