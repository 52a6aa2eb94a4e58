// SPDX-License-Identifier: Apache-2.0
/** Recognises IMAP, and follows it as far as TLS (RFC 9051). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.imap;

import org.jspecify.annotations.NullMarked;
