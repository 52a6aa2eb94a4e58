// SPDX-License-Identifier: Apache-2.0
/**
 * Dissects QUIC (RFC 8999, 9000, 9001, 9369, the drafts from the 22nd on, and what Google and Facebook made of them) up to
 * the point where only its two ends can read it. Pure.
 */
@NullMarked
package io.dpiprobe.capture.protocol.quic;

import org.jspecify.annotations.NullMarked;
