// SPDX-License-Identifier: Apache-2.0
/** Dissects NTP (RFC 5905). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.ntp;

import org.jspecify.annotations.NullMarked;
