// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.SecurityTokens;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Keeps what one session setup says of a user and of both systems. Reused. */
final class Login {
    final WireString user = new WireString();
    final WireString domain = new WireString();
    final WireString clientOs = new WireString();
    final WireString clientManager = new WireString();
    final WireString serverOs = new WireString();
    final WireString serverManager = new WireString();

    private final SecurityTokens tokens = new SecurityTokens();
    private boolean plain;
    private boolean systems;

    void clear() {
        tokens.clear();
        plain = false;
        systems = false;
        user.clear();
        domain.clear();
        serverOs.clear();
        serverManager.clear();
    }

    /** Takes a security token, of whichever kind. */
    void token(Slice token) {
        tokens.fromClient(token);
        if (tokens.hasUser()) {
            user.set(tokens.user().user());
            domain.set(tokens.user().domain());
        }
    }

    /** Takes the security token of the answer. */
    void answer(Slice token) {
        tokens.fromServer(token);
    }

    /** Says that user and domain were given as they are, without a token. */
    void plain() {
        plain = true;
    }

    /** Says that client or server named its system. */
    void systems() {
        systems = true;
    }

    void write(JsonWriter json) {
        if (tokens.hasUser()) {
            json.beginObject("ntlmssp");
            tokens.user().write(json);
            json.endObject();
        } else if (plain) {
            json.beginObject("ntlmssp").wire("domain", domain.text());
            json.wire("user", user.text()).endObject();
        }
        if (tokens.hasTicket()) {
            json.beginObject("kerberos");
            tokens.ticket().write(json);
            json.endObject();
        }
        if (systems) {
            system(json, "request", clientOs, clientManager);
            system(json, "response", serverOs, serverManager);
        }
    }

    /** Writes what EVE has no place for. */
    void writeProbe(JsonWriter probe) {
        tokens.write(probe);
    }

    private static void system(JsonWriter json, String side, WireString os, WireString manager) {
        json.beginObject(side).wire("native_os", os.text());
        json.wire("native_lm", manager.text()).endObject();
    }
}
