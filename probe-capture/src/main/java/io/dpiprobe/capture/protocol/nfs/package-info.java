// SPDX-License-Identifier: Apache-2.0
/** Dissects NFS 2, 3 and 4 (RFC 1094, 1813, 8881) over ONC RPC (RFC 5531) on UDP and TCP, and the files it carries. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.nfs;

import org.jspecify.annotations.NullMarked;
