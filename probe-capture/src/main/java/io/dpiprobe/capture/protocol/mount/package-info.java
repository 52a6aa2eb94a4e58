// SPDX-License-Identifier: Apache-2.0
/** Dissects MOUNT, versions 1, 2 and 3 (RFC 1094, A; RFC 1813, 5): who asks which directory of a host for NFS. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.mount;

import org.jspecify.annotations.NullMarked;
