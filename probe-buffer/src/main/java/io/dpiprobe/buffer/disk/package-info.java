// SPDX-License-Identifier: Apache-2.0
/** Keeps blocks of events on disk in Chronicle Queue files, with checks and promises of its own around them. */
@NullMarked
package io.dpiprobe.buffer.disk;

import org.jspecify.annotations.NullMarked;
