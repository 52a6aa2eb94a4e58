// SPDX-License-Identifier: Apache-2.0
/** Holds events in off-heap memory: segments taken once, filled by one worker each, handed on whole. */
@NullMarked
package io.dpiprobe.buffer.memory;

import org.jspecify.annotations.NullMarked;
