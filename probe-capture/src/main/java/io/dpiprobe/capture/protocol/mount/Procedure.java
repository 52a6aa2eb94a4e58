// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mount;

/** Names the procedures of all versions (RFC 1813, 5.2). */
enum Procedure {
    NULL,
    MNT,
    DUMP,
    UMNT,
    UMNTALL,
    EXPORT,
    EXPORTALL,
    PATHCONF,
    UNKNOWN;

    private static final Procedure[] ALL = values();

    static Procedure of(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : UNKNOWN;
    }

    /** True if it is about one directory. */
    boolean hasDirectory() {
        return this == MNT || this == UMNT || this == PATHCONF;
    }
}
