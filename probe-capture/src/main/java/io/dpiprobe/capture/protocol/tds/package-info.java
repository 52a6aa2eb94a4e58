// SPDX-License-Identifier: Apache-2.0
/** Dissects log-ins of Microsoft SQL Server ([MS-TDS], 2.2.6). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.tds;

import org.jspecify.annotations.NullMarked;
