// SPDX-License-Identifier: Apache-2.0
/** Follows SMB 1, 2 and 3 ([MS-CIFS], [MS-SMB], [MS-SMB2]): trees, files, pipes and log-ins. */
@NullMarked
package io.dpiprobe.capture.protocol.smb;

import org.jspecify.annotations.NullMarked;
