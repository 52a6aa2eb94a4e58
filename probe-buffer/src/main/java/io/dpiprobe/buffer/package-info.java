// SPDX-License-Identifier: Apache-2.0
/** Keeps events between capture and delivery: lanes, segments, memory, disk, and the ledger that accounts for each. */
@NullMarked
package io.dpiprobe.buffer;

import org.jspecify.annotations.NullMarked;
