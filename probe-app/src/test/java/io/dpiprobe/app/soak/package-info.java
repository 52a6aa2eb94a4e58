// SPDX-License-Identifier: Apache-2.0
/** Runs the whole probe for long, with faults on every side, and looks for what does not come back. */
@NullMarked
package io.dpiprobe.app.soak;

import org.jspecify.annotations.NullMarked;
