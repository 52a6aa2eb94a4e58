// SPDX-License-Identifier: Apache-2.0
/** Dissects SIP (RFC 3261) over UDP and TCP, and the sessions it describes in SDP (RFC 8866). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.sip;

import org.jspecify.annotations.NullMarked;
