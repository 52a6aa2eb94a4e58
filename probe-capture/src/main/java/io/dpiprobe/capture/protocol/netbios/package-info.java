// SPDX-License-Identifier: Apache-2.0
/**
 * Dissects the name and datagram services of NetBIOS (RFC 1002) and LLMNR (RFC 4795): names asked for and answered on a
 * local network, and what its hosts announce and look for.
 */
@NullMarked
package io.dpiprobe.capture.protocol.netbios;

import org.jspecify.annotations.NullMarked;
