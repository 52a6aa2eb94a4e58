// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;

/** Names the errors that old servers answer with: a class and a code ([MS-CIFS], 2.2.2.4). */
final class DosError {
    private static final int CLASS_DOS = 1;
    private static final int CLASS_SERVER = 2;

    private DosError() {}

    /** Writes {@code status} and {@code status_code} from the status field of the header. */
    static void write(JsonWriter json, int status) {
        int errorClass = status & 0xff;
        int code = status >>> 16;
        String name = errorClass == CLASS_DOS ? dos(code) : errorClass == CLASS_SERVER ? server(code) : "";
        if (!name.isEmpty()) {
            json.ascii("status", name);
        } else {
            json.beginText("status").appendNumber(code).endText();
        }
        json.beginText("status_code").append("0x");
        json.appendHex(code >> 8).appendHex(code & 0xff).endText();
    }

    private static String dos(int code) {
        return switch (code) {
            case 1 -> "DOS_BADFUNC";
            case 2 -> "DOS_BADFILE";
            case 3 -> "DOS_BADPATH";
            case 4 -> "DOS_NOFIDS";
            case 5 -> "DOS_NOACCESS";
            case 6 -> "DOS_BADFID";
            case 8 -> "DOS_NOMEM";
            case 15 -> "DOS_BADDRIVE";
            case 16 -> "DOS_REMCD";
            case 18 -> "DOS_NOFILES";
            case 32 -> "DOS_BADSHARE";
            case 33 -> "DOS_LOCK";
            case 50 -> "DOS_UNSUP";
            case 80 -> "DOS_FILEXISTS";
            case 87 -> "DOS_INVALIDPARAM";
            case 112 -> "DOS_DISKFULL";
            case 123 -> "DOS_INVALIDNAME";
            case 145 -> "DOS_DIRNOTEMPTY";
            case 183 -> "DOS_ALREADYEXISTS";
            case 234 -> "DOS_MOREDATA";
            default -> "";
        };
    }

    private static String server(int code) {
        return switch (code) {
            case 1 -> "SRV_ERROR";
            case 2 -> "SRV_BADPW";
            case 4 -> "SRV_ACCESS";
            case 5 -> "SRV_BADTID";
            case 6 -> "SRV_INVNETNAME";
            case 7 -> "SRV_INVDEVICE";
            case 0x5b -> "SRV_BADUID";
            case 0x40 -> "SRV_BADCMD";
            case 0xfa -> "SRV_USEMPX";
            case 0xffff -> "SRV_NOSUPPORT";
            default -> "";
        };
    }
}
