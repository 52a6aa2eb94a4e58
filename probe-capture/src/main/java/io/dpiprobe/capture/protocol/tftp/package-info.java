// SPDX-License-Identifier: Apache-2.0
/** Dissects TFTP: requests, and the files that follow from another port (RFC 1350, 2347, 2348). Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.tftp;

import org.jspecify.annotations.NullMarked;
