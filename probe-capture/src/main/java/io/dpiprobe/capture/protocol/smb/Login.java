// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.KerberosTicket;
import io.dpiprobe.capture.protocol.ntlm.NtlmAuthenticate;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Keeps what one session setup says of a user and of both systems. Reused. */
final class Login {
    final WireString user = new WireString();
    final WireString domain = new WireString();
    final WireString clientOs = new WireString();
    final WireString clientManager = new WireString();
    final WireString serverOs = new WireString();
    final WireString serverManager = new WireString();

    private final NtlmAuthenticate ntlm = new NtlmAuthenticate();
    private final KerberosTicket kerberos = new KerberosTicket();
    private boolean hasNtlm;
    private boolean hasKerberos;
    private boolean plain;
    private boolean systems;

    void clear() {
        hasNtlm = false;
        hasKerberos = false;
        plain = false;
        systems = false;
        user.clear();
        domain.clear();
        serverOs.clear();
        serverManager.clear();
    }

    /** Takes a security token, of whichever kind. */
    void token(Slice token) {
        hasNtlm = ntlm.find(token);
        hasKerberos = !hasNtlm && kerberos.find(token);
        if (hasNtlm) {
            user.set(ntlm.user());
            domain.set(ntlm.domain());
        }
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
        if (hasNtlm) {
            json.beginObject("ntlmssp");
            ntlm.write(json);
            json.endObject();
        } else if (plain) {
            json.beginObject("ntlmssp").wire("domain", domain.text());
            json.wire("user", user.text()).endObject();
        }
        if (hasKerberos) {
            json.beginObject("kerberos");
            kerberos.write(json);
            json.endObject();
        }
        if (systems) {
            system(json, "request", clientOs, clientManager);
            system(json, "response", serverOs, serverManager);
        }
    }

    private static void system(JsonWriter json, String side, WireString os, WireString manager) {
        json.beginObject(side).wire("native_os", os.text());
        json.wire("native_lm", manager.text()).endObject();
    }
}
