// SPDX-License-Identifier: Apache-2.0
/** Dissects SMTP: envelopes, and the messages they carry (RFC 5321, 2920, 3030, 3207). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.smtp;

import org.jspecify.annotations.NullMarked;
