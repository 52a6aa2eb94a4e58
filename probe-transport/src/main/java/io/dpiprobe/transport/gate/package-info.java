// SPDX-License-Identifier: Apache-2.0
/** Decides when the next request may start: pure classes on nanosecond time. */
@NullMarked
package io.dpiprobe.transport.gate;

import org.jspecify.annotations.NullMarked;
