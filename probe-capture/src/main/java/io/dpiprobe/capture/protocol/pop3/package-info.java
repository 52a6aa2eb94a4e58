// SPDX-License-Identifier: Apache-2.0
/** Dissects POP3: commands and responses, and the mail that is fetched (RFC 1939, 2449, 2595, 5034). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.pop3;

import org.jspecify.annotations.NullMarked;
