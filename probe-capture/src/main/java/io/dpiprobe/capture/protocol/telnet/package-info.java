// SPDX-License-Identifier: Apache-2.0
/** Dissects log-ins by Telnet (RFC 854): who, with what outcome; what is typed afterwards is not looked at. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.telnet;

import org.jspecify.annotations.NullMarked;
