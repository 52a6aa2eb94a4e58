// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.portmap;

/** Names the procedures of all versions (RFC 1833, 2.2 and 3.2). */
enum Procedure {
    UNKNOWN,
    NULL,
    SET,
    UNSET,
    GETPORT,
    GETADDR,
    DUMP,
    CALLIT,
    BCAST,
    GETTIME,
    UADDR2TADDR,
    TADDR2UADDR,
    GETVERSADDR,
    INDIRECT,
    GETADDRLIST,
    GETSTAT;

    private static final Procedure[] VERSION_2 = {NULL, SET, UNSET, GETPORT, DUMP, CALLIT};
    private static final Procedure[] VERSION_3 = {
        NULL, SET, UNSET, GETADDR, DUMP, CALLIT, GETTIME, UADDR2TADDR, TADDR2UADDR
    };
    private static final Procedure[] VERSION_4 = {
        NULL,
        SET,
        UNSET,
        GETADDR,
        DUMP,
        BCAST,
        GETTIME,
        UADDR2TADDR,
        TADDR2UADDR,
        GETVERSADDR,
        INDIRECT,
        GETADDRLIST,
        GETSTAT
    };

    static Procedure of(int version, int number) {
        Procedure[] table = switch (version) {
            case 2 -> VERSION_2;
            case 3 -> VERSION_3;
            default -> VERSION_4;
        };
        return number >= 0 && number < table.length ? table[number] : UNKNOWN;
    }

    /** True if it has another program's procedure called. */
    boolean isIndirect() {
        return this == CALLIT || this == BCAST || this == INDIRECT;
    }

    /** True if it changes what is mapped. */
    boolean isChange() {
        return this == SET || this == UNSET;
    }
}
