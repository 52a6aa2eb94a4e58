// SPDX-License-Identifier: Apache-2.0
/** Dissects the connection sequence of RDP ([MS-RDPBCGR], 1.3.1.1), in clear or until TLS takes over. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.rdp;

import org.jspecify.annotations.NullMarked;
