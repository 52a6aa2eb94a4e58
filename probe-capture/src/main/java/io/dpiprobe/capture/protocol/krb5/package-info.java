// SPDX-License-Identifier: Apache-2.0
/** Dissects Kerberos 5 (RFC 4120) over UDP and TCP: tickets asked for, given and refused. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.krb5;

import org.jspecify.annotations.NullMarked;
