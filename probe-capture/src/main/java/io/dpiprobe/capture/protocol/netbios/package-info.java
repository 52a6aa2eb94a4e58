// SPDX-License-Identifier: Apache-2.0
/** Dissects the NetBIOS name service (RFC 1002) and LLMNR (RFC 4795): names asked for and answered on a local network. */
@NullMarked
package io.dpiprobe.capture.protocol.netbios;

import org.jspecify.annotations.NullMarked;
