// SPDX-License-Identifier: Apache-2.0
/** Dissects PostgreSQL's frontend/backend protocol 3 (PostgreSQL documentation, chapter 53): log-ins and queries. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.pgsql;

import org.jspecify.annotations.NullMarked;
