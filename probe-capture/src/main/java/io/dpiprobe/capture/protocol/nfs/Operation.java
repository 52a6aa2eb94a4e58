// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.buffer.Bound;

/** Numbers the operations of version 4 that are read (RFC 8881, 16.2.1). */
final class Operation {
    static final int ACCESS = 3;
    static final int CLOSE = 4;
    static final int COMMIT = 5;
    static final int CREATE = 6;
    static final int GETATTR = 9;
    static final int GETFH = 10;
    static final int LINK = 11;
    static final int LOOKUP = 15;
    static final int LOOKUPP = 16;
    static final int OPEN = 18;
    static final int PUTFH = 22;
    static final int PUTPUBFH = 23;
    static final int PUTROOTFH = 24;
    static final int READ = 25;
    static final int REMOVE = 28;
    static final int RENAME = 29;
    static final int RESTOREFH = 31;
    static final int SAVEFH = 32;
    static final int WRITE = 38;
    static final int SEQUENCE = 53;

    /** Operations read in one call: clients send up to ten. */
    @Bound(of = "operations of a compound", then = "further ones are not read")
    static final int MAX_OPERATIONS = 32;

    static final int STATE_ID = 16;
    static final int VERIFIER = 8;

    private Operation() {}
}
