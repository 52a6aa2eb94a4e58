// SPDX-License-Identifier: Apache-2.0
/** Dissects the port mapper of ONC RPC, versions 2, 3 and 4 (RFC 1833): which services a host offers, and where. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.portmap;

import org.jspecify.annotations.NullMarked;
