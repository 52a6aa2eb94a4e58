// SPDX-License-Identifier: Apache-2.0
/** Decodes link, network and transport headers. Pure: no I/O, no clock, no threads. */
@NullMarked
package io.dpiprobe.capture.packet;

import org.jspecify.annotations.NullMarked;
