// SPDX-License-Identifier: Apache-2.0
/** Puts TCP segments back in order. Pure. */
@NullMarked
package io.dpiprobe.capture.stream;

import org.jspecify.annotations.NullMarked;
