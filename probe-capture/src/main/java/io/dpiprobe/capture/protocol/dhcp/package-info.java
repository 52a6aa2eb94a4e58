// SPDX-License-Identifier: Apache-2.0
/** Dissects DHCP for IPv4 (RFC 2131, RFC 2132). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.dhcp;

import org.jspecify.annotations.NullMarked;
