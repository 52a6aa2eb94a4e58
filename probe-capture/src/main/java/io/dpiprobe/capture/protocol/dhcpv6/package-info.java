// SPDX-License-Identifier: Apache-2.0
/** Dissects DHCP for IPv6 (RFC 8415). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.dhcpv6;

import org.jspecify.annotations.NullMarked;
