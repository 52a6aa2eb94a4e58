// SPDX-License-Identifier: Apache-2.0
/** Starts the program. */
@NullMarked
package io.dpiprobe.app;

import org.jspecify.annotations.NullMarked;
