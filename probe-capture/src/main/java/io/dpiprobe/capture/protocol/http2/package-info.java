// SPDX-License-Identifier: Apache-2.0
/** Dissects HTTP/2 (RFC 9113) with its header compression (RFC 7541), and DNS over HTTPS in it (RFC 8484). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.http2;

import org.jspecify.annotations.NullMarked;
