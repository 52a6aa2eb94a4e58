// SPDX-License-Identifier: Apache-2.0
/** Judges how well Core keeps up, and says which events are made while it does not, by pure classes on nanosecond time. */
@NullMarked
package io.dpiprobe.transport.level;

import org.jspecify.annotations.NullMarked;
