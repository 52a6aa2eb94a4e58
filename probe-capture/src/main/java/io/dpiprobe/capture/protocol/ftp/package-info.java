// SPDX-License-Identifier: Apache-2.0
/** Dissects FTP: the commands and replies, and the files of the data connections they announce (RFC 959, 2428). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.ftp;

import org.jspecify.annotations.NullMarked;
