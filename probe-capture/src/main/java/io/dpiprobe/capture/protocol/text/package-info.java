// SPDX-License-Identifier: Apache-2.0
/** Reads the lines that protocols of commands and replies are made of. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.text;

import org.jspecify.annotations.NullMarked;
