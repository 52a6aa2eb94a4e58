// SPDX-License-Identifier: Apache-2.0
/** Dissects LDAP (RFC 4511) over TCP and connectionless LDAP over UDP. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.ldap;

import org.jspecify.annotations.NullMarked;
