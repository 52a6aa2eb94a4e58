// SPDX-License-Identifier: Apache-2.0
/** Reads ASN.1 in its basic and distinguished encodings, for the protocols that use it. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.asn1;

import org.jspecify.annotations.NullMarked;
