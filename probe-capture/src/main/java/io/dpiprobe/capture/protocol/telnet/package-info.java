// SPDX-License-Identifier: Apache-2.0
/** Recognises Telnet (RFC 854): what is typed is not looked at. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.telnet;

import org.jspecify.annotations.NullMarked;
