// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ntlm;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.krb5.EncryptionType;

/**
 * Keeps what the security tokens of one exchange say, whichever protocol carries them: who logs in by NTLM or with a
 * Kerberos ticket, and how the server names itself.
 */
public final class SecurityTokens {
    private final NtlmAuthenticate authenticate = new NtlmAuthenticate();
    private final NtlmChallenge challenge = new NtlmChallenge();
    private final KerberosTicket ticket = new KerberosTicket();
    private final Slice message = new Slice();
    private boolean hasUser;
    private boolean hasTarget;
    private boolean hasTicket;
    private boolean hasAnswer;

    /** Forgets what was said. */
    public void clear() {
        hasUser = false;
        hasTarget = false;
        hasTicket = false;
        hasAnswer = false;
    }

    /** Takes a token of the client. */
    public void fromClient(Slice token) {
        hasUser = authenticate.find(token);
        hasTicket = !hasUser && ticket.find(token);
    }

    /** Takes a token of the server. */
    public void fromServer(Slice token) {
        hasTarget = NtlmMessage.find(token, message) == NtlmChallenge.TYPE && challenge.read(message);
        hasAnswer = !hasTarget && ticket.isAnswer(token);
    }

    /** True if a user logs in by NTLM. */
    public boolean hasUser() {
        return hasUser;
    }

    /** True if a user logs in with a ticket. */
    public boolean hasTicket() {
        return hasTicket;
    }

    public NtlmAuthenticate user() {
        return authenticate;
    }

    public KerberosTicket ticket() {
        return ticket;
    }

    /** True if nothing was said that is worth an event. */
    public boolean isEmpty() {
        return !(hasUser || hasTarget || hasTicket || hasAnswer);
    }

    /** Writes an {@code auth} object, unless nothing was said. */
    public void write(JsonWriter probe) {
        if (isEmpty()) {
            return;
        }
        probe.beginObject("auth");
        if (hasUser) {
            probe.ascii("method", "ntlm");
            authenticate.write(probe);
            authenticate.writeProof(probe);
        } else if (hasTarget) {
            probe.ascii("method", "ntlm");
            challenge.write(probe);
        } else {
            probe.ascii("method", "kerberos");
            writeTicket(probe);
            probe.bool("mutual", hasAnswer);
        }
        probe.endObject();
    }

    private void writeTicket(JsonWriter probe) {
        if (!hasTicket) {
            return;
        }
        probe.wire("realm", ticket.realm().text());
        ticket.writeService(probe);
        if (ticket.encryption() != 0) {
            String name = EncryptionType.name(ticket.encryption());
            if (name.isEmpty()) {
                probe.beginText("ticket_encryption")
                        .appendNumber(ticket.encryption())
                        .endText();
            } else {
                probe.ascii("ticket_encryption", name);
            }
            probe.bool("ticket_weak_encryption", EncryptionType.isWeak(ticket.encryption()));
        }
    }
}
