// SPDX-License-Identifier: Apache-2.0
/** Plays what attackers have done to sensors, one test for each page of that history. */
@NullMarked
package io.dpiprobe.capture.hostile;

import org.jspecify.annotations.NullMarked;
