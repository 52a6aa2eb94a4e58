// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.imap;

import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.TokenText;

/**
 * Reads what a client answers when it authenticates (RFC 9051, 6.2.2): who it is, by the mechanisms that say so. Shared by
 * the flows of a worker; keeps nothing.
 */
final class SaslAnswers {
    private final TokenText base64 = new TokenText();
    private final Slice mechanism = new Slice();
    private final Slice decoded = new Slice();
    private final Slice part = new Slice();

    /** Takes an initial response, or an answer to a challenge. */
    void take(Slice answer, ImapCommand command, Secrets secrets) {
        if (command.arguments.isEmpty() || isNone(answer)) {
            return;
        }
        int index = command.answers++;
        command.arguments.get(0, mechanism);
        base64.decodeText(answer, decoded);
        if (mechanism.equalsIgnoreCase("PLAIN")) {
            onPlain(command, secrets);
        } else if (mechanism.equalsIgnoreCase("LOGIN")) {
            onLogin(index, command, secrets);
        } else if (mechanism.equalsIgnoreCase("CRAM-MD5")) {
            onDigest(command);
        } else if (isOfTokens(mechanism)) {
            command.clientToken.clear(); // the last one says who it is
            boolean unused = command.clientToken.add(decoded);
        }
    }

    /** Takes what the server wants answered. */
    void challenge(Slice challenge, ImapCommand command) {
        if (!command.arguments.isEmpty() && isOfTokens(command.arguments.get(0, mechanism))) {
            base64.decodeText(challenge, decoded);
            if (!decoded.isEmpty()) {
                command.serverToken.clear();
                boolean unused = command.serverToken.add(decoded);
            }
        }
    }

    /** {@code =} is an empty initial response, {@code *} the end of it all. */
    private static boolean isNone(Slice answer) {
        return answer.isEmpty() || answer.u8(0) == '=' || answer.u8(0) == '*';
    }

    private static boolean isOfTokens(Slice mechanism) {
        return mechanism.equalsIgnoreCase("NTLM")
                || mechanism.equalsIgnoreCase("GSSAPI")
                || mechanism.equalsIgnoreCase("GSS-SPNEGO");
    }

    /** Whom to act for, who it is and its password, with a zero between them (RFC 4616, 2). */
    private void onPlain(ImapCommand command, Secrets secrets) {
        int first = indexOf(0, 0);
        int second = first < 0 ? -1 : indexOf(0, first + 1);
        if (second >= 0) {
            command.cut |= !command.user.add(part(first + 1, second));
            command.onPassword(part(second + 1, decoded.length()), secrets);
        }
    }

    private void onLogin(int index, ImapCommand command, Secrets secrets) {
        if (index == 0) {
            command.cut |= !command.user.add(decoded);
        } else if (index == 1) {
            command.onPassword(decoded, secrets);
        }
    }

    /** A name, a space, and a digest (RFC 2195, 2). */
    private void onDigest(ImapCommand command) {
        int end = decoded.length();
        while (end > 0 && decoded.u8(end - 1) != ' ') {
            end--;
        }
        if (end > 1) {
            command.cut |= !command.user.add(part(0, end - 1));
        }
    }

    private int indexOf(int value, int from) {
        for (int i = from; i < decoded.length(); i++) {
            if (decoded.u8(i) == value) {
                return i;
            }
        }
        return -1;
    }

    private Slice part(int from, int to) {
        return part.wrap(decoded.buffer(), decoded.offset() + from, to - from);
    }
}
