// SPDX-License-Identifier: Apache-2.0
/** Finds out whether the probe could run on this host, and what to do if not. */
@NullMarked
package io.dpiprobe.app.check;

import org.jspecify.annotations.NullMarked;
