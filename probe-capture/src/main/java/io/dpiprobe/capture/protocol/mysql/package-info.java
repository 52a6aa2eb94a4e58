// SPDX-License-Identifier: Apache-2.0
/** Dissects log-ins of MySQL and MariaDB (MySQL client/server protocol, connection phase). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.mysql;

import org.jspecify.annotations.NullMarked;
