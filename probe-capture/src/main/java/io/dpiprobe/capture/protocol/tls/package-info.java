// SPDX-License-Identifier: Apache-2.0
/**
 * Dissects TLS (RFC 5246, RFC 8446) and DTLS (RFC 6347, RFC 9147) up to the point where they are encrypted, with JA3, JA3S
 * and JA4. Pure.
 */
@NullMarked
package io.dpiprobe.capture.protocol.tls;

import org.jspecify.annotations.NullMarked;
