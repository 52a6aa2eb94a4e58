// SPDX-License-Identifier: Apache-2.0
/** Follows files through whatever protocol carries them. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.file;

import org.jspecify.annotations.NullMarked;
