// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

/** Names the exit codes, which are those of sysexits.h. */
public enum ExitCode {
    OK(0),
    /** Something that was checked is not as it should be. */
    FAILED(1),
    USAGE(64),
    NO_INPUT(66),
    /** Something the command needs is missing: libpcap, a service. */
    UNAVAILABLE(69),
    /** A bug. */
    SOFTWARE(70),
    CANNOT_CREATE(73),
    IO_ERROR(74),
    NO_PERMISSION(77),
    CONFIG(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
