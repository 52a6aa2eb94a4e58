// SPDX-License-Identifier: Apache-2.0
/** Dissects the beginning of RFB connections, as VNC uses it (RFC 6143, 7.1 to 7.3). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.rfb;

import org.jspecify.annotations.NullMarked;
