// SPDX-License-Identifier: Apache-2.0
/** Reads mail messages: header fields, nested parts, attachments and links (RFC 5322, 2045 to 2047, 2231). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.mime;

import org.jspecify.annotations.NullMarked;
