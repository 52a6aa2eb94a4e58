// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

/** Names versions, builds and keyboards of clients. */
final class ClientName {
    private static final int VERSION_10_0 = 0x0008_0005;
    private static final String[] VERSIONS_10 = {
        "v10.0", "v10.1", "v10.2", "v10.3", "v10.4", "v10.5", "v10.6", "v10.7", "v10.8", "v10.9", "v10.10", "v10.11",
        "v10.12"
    };

    private ClientName() {}

    /** [MS-RDPBCGR] 2.2.1.3.2: 5 stands for all from 5.0 to 8.1. */
    static String version(long version) {
        long index = version - VERSION_10_0;
        if (index >= 0 && index < VERSIONS_10.length) {
            return VERSIONS_10[(int) index];
        }
        return version == 0x0008_0001 ? "v4" : version == 0x0008_0004 ? "v5" : "unknown";
    }

    /** The release of Windows that has this build number; empty for an unknown one. */
    static String build(long build) {
        return build < 10_000 ? olderBuild((int) build) : newerBuild(build);
    }

    private static String olderBuild(int build) {
        return switch (build) {
            case 2195 -> "Windows 2000 RTM";
            case 2600 -> "Windows XP RTM";
            case 3790 -> "Windows Server 2003 RTM";
            case 6000 -> "Windows Vista RTM";
            case 6001 -> "Windows Vista SP1";
            case 6002 -> "Windows Vista SP2";
            case 7600 -> "Windows 7 RTM";
            case 7601 -> "Windows 7 SP1";
            case 9200 -> "Windows 8 RTM";
            case 9600 -> "Windows 8.1 RTM";
            default -> "";
        };
    }

    private static String newerBuild(long build) {
        return switch ((int) build) {
            case 10240 -> "Windows 10 1507";
            case 10586 -> "Windows 10 1511";
            case 14393 -> "Windows 10 1607";
            case 15063 -> "Windows 10 1703";
            case 16299 -> "Windows 10 1709";
            case 17134 -> "Windows 10 1803";
            case 17763 -> "Windows 10 1809";
            case 18362 -> "Windows 10 1903";
            case 18363 -> "Windows 10 1909";
            case 19041 -> "Windows 10 2004";
            case 19042 -> "Windows 10 20H2";
            case 19043 -> "Windows 10 21H1";
            case 19044 -> "Windows 10 21H2";
            case 19045 -> "Windows 10 22H2";
            case 20348 -> "Windows Server 2022";
            case 22000 -> "Windows 11 21H2";
            case 22621 -> "Windows 11 22H2";
            case 22631 -> "Windows 11 23H2";
            case 26100 -> "Windows 11 24H2";
            default -> "";
        };
    }

    /** [MS-RDPBCGR] 2.2.1.3.2; empty for an unknown code. */
    static String keyboardType(long type) {
        return switch ((int) type) {
            case 1 -> "xt";
            case 2 -> "ico";
            case 3 -> "at";
            case 4 -> "enhanced";
            case 5 -> "1050";
            case 6 -> "9140";
            case 7 -> "japanese";
            default -> "";
        };
    }
}
