// SPDX-License-Identifier: Apache-2.0
/** Wires capture, buffer and transport into a running probe, and stops it in order. */
@NullMarked
package io.dpiprobe.app.probe;

import org.jspecify.annotations.NullMarked;
