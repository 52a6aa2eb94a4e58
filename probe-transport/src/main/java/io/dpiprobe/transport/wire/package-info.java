// SPDX-License-Identifier: Apache-2.0
/** Writes requests to Core and reads its answers. */
@NullMarked
package io.dpiprobe.transport.wire;

import org.jspecify.annotations.NullMarked;
