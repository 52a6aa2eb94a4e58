// SPDX-License-Identifier: Apache-2.0
/** Reads what is asked of Windows Remote Management (WS-Management, [MS-WSMV]) in requests of HTTP. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.winrm;

import org.jspecify.annotations.NullMarked;
