// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

/** Says how a packet of X.224 is framed on TCP (RFC 1006, 6): version, a reserved byte, length with this header. */
final class Tpkt {
    static final int VERSION = 3;
    static final int HEADER = 4;

    private Tpkt() {}
}
