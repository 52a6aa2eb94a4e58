// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ftp;

import io.dpiprobe.capture.packet.Slice;

/** Names the commands that mean more to an observer than their text (RFC 959, 4.1; RFC 2428; RFC 3659; RFC 4217). */
enum FtpCommand {
    ACCT(Meaning.SECRET),
    APPE(Meaning.FILE),
    AUTH(Meaning.SECURITY),
    ADAT(Meaning.SECRET),
    EPRT(Meaning.CLIENT_LISTENS),
    EPSV(Meaning.SERVER_LISTENS),
    LIST(Meaning.LISTING),
    MLSD(Meaning.LISTING),
    NLST(Meaning.LISTING),
    PASS(Meaning.SECRET),
    PASV(Meaning.SERVER_LISTENS),
    PORT(Meaning.CLIENT_LISTENS),
    RETR(Meaning.FILE),
    STOR(Meaning.FILE),
    STOU(Meaning.FILE),
    USER(Meaning.NONE),
    /** Any other, and the reply that no command asked for. */
    OTHER(Meaning.NONE);

    private static final FtpCommand[] ALL = values();

    private final Meaning meaning;

    private enum Meaning {
        NONE,
        SECRET,
        SECURITY,
        CLIENT_LISTENS,
        SERVER_LISTENS,
        FILE,
        LISTING
    }

    FtpCommand(Meaning meaning) {
        this.meaning = meaning;
    }

    static FtpCommand of(Slice name) {
        for (FtpCommand each : ALL) {
            if (each != OTHER && name.equalsIgnoreCase(each.name())) {
                return each;
            }
        }
        return OTHER;
    }

    /** The command whose {@link #ordinal()} this is. */
    static FtpCommand at(int ordinal) {
        return ALL[ordinal];
    }

    /** What follows it must not leave the wire. */
    boolean isSecret() {
        return meaning == Meaning.SECRET;
    }

    /** It says where a data connection is to go: {@code PORT} and the like. */
    boolean isActive() {
        return meaning == Meaning.CLIENT_LISTENS;
    }

    /** It asks where a data connection is to go: {@code PASV} and the like. */
    boolean isPassive() {
        return meaning == Meaning.SERVER_LISTENS;
    }

    /** It uses a data connection. */
    boolean isTransfer() {
        return isFile() || meaning == Meaning.LISTING;
    }

    /** What its data connection carries is a file. */
    boolean isFile() {
        return meaning == Meaning.FILE;
    }
}
