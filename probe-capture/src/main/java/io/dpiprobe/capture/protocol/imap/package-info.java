// SPDX-License-Identifier: Apache-2.0
/** Dissects IMAP: who logs in, and what is done with which mailbox (RFC 9051, 3501, 2971). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.imap;

import org.jspecify.annotations.NullMarked;
