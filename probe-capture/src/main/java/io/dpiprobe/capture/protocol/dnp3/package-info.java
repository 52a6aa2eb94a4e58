// SPDX-License-Identifier: Apache-2.0
/** Recognises DNP3 (IEEE 1815), the protocol of substations and waterworks: what is controlled is not read. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.dnp3;

import org.jspecify.annotations.NullMarked;
