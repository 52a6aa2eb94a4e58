// SPDX-License-Identifier: Apache-2.0
/** Dissects SNMP 1, 2c and 3 (RFC 1157, 3416, 3412) over UDP. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.snmp;

import org.jspecify.annotations.NullMarked;
