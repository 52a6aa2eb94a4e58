// SPDX-License-Identifier: Apache-2.0
/** From packets to events: sources, workers, and the pure packages below them. */
@NullMarked
package io.dpiprobe.capture;

import org.jspecify.annotations.NullMarked;
