// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

/** Answers of a dissector or a detector about the bytes it was shown. */
public enum Verdict {
    /** Understood: what was consumed is done with. A detector: this is the protocol. */
    OK,
    /** A message is not complete yet: nothing was consumed, ask again with more bytes. */
    NEED_MORE,
    /** This is not the protocol, or breaks its rules in a way that ends dissection. */
    INVALID
}
