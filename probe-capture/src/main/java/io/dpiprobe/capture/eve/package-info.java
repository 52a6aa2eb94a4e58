// SPDX-License-Identifier: Apache-2.0
/** Writes EVE JSON without allocating. Pure. */
@NullMarked
package io.dpiprobe.capture.eve;

import org.jspecify.annotations.NullMarked;
