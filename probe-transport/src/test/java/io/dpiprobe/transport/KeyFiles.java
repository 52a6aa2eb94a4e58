// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/** Makes keys in PEM for tests. */
final class KeyFiles {
    private KeyFiles() {}

    record Ed25519(String privatePem, PublicKey publicKey) {}

    static Ed25519 ed25519() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Ed25519(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pair.getPublic());
    }

    static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
