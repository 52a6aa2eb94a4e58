// SPDX-License-Identifier: Apache-2.0
/** Reads NTLM messages ([MS-NLMP]) and Kerberos tickets wherever a protocol carries them in SPNEGO. */
@NullMarked
package io.dpiprobe.capture.protocol.ntlm;

import org.jspecify.annotations.NullMarked;
