// SPDX-License-Identifier: Apache-2.0
/** Fuzzes: targets that need no protocol of their own, corpora made from captures, and what runs every target. */
@NullMarked
package io.dpiprobe.capture.fuzz;

import org.jspecify.annotations.NullMarked;
