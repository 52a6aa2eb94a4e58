// SPDX-License-Identifier: Apache-2.0
/** Reads ONC RPC (RFC 5531) and its data representation XDR (RFC 4506), for the protocols on top of it. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.oncrpc;

import org.jspecify.annotations.NullMarked;
