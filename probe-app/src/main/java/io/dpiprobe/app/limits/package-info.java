// SPDX-License-Identifier: Apache-2.0
/** Knows every bound of the probe: constants that are marked as one, and settings. */
@NullMarked
package io.dpiprobe.app.limits;

import org.jspecify.annotations.NullMarked;
