// SPDX-License-Identifier: Apache-2.0
/** Follows DCE/RPC calls (C706), over TCP and for others that carry them. */
@NullMarked
package io.dpiprobe.capture.protocol.dcerpc;

import org.jspecify.annotations.NullMarked;
