// SPDX-License-Identifier: Apache-2.0
/** Tells of log-ins to databases, for the protocols of databases that EVE does not know. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.sql;

import org.jspecify.annotations.NullMarked;
