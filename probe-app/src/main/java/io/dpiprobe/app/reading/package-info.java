// SPDX-License-Identifier: Apache-2.0
/** Turns capture files into events without a buffer and without Core. */
@NullMarked
package io.dpiprobe.app.reading;

import org.jspecify.annotations.NullMarked;
