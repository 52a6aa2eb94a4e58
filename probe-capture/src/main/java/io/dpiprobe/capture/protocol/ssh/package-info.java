// SPDX-License-Identifier: Apache-2.0
/** Dissects SSH (RFC 4253) up to the point where it is encrypted, with HASSH fingerprints. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.ssh;

import org.jspecify.annotations.NullMarked;
