// SPDX-License-Identifier: Apache-2.0
/** Dissects HTTP/1 (RFC 9112) and what speaks like it. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.http;

import org.jspecify.annotations.NullMarked;
