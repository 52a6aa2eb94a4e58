// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a private key in PEM: PKCS#8 (RFC 5958), or the older forms of RSA (RFC 8017) and EC (RFC 5915). */
final class PrivateKeyFile {
    /** The key itself says which kind it is only to the one that knows it. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private PrivateKeyFile() {}

    /** Refuses a file that anybody on this host can read: its key proves nothing any more. */
    static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
        refuseIfExposed(file);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new IOException(file + " holds a key that is encrypted; the probe has no password");
        }
        KeySpec spec = new PKCS8EncodedKeySpec(pkcs8(file, text));
        for (String algorithm : ALGORITHMS) {
            PrivateKey key = keyOf(algorithm, spec);
            if (key != null) {
                return key;
            }
        }
        throw new IOException(file + " holds a key that is none of " + ALGORITHMS);
    }

    private static void refuseIfExposed(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> granted = view.readAttributes().permissions();
        if (granted.stream().anyMatch(OF_OTHERS::contains)) {
            throw new IOException(file + " can be read by others or written by its group; chmod 600 it");
        }
    }

    private static byte[] pkcs8(Path file, String text) throws IOException {
        byte[] der = section(file, text, "PRIVATE KEY");
        if (der != null) {
            return der;
        }
        byte[] rsa = section(file, text, "RSA PRIVATE KEY");
        if (rsa != null) {
            return Pkcs8.ofRsa(rsa);
        }
        byte[] ec = section(file, text, "EC PRIVATE KEY");
        if (ec != null) {
            return Pkcs8.ofEc(ec);
        }
        throw new IOException(file + " holds no private key (BEGIN PRIVATE KEY, RSA or EC PRIVATE KEY)");
    }

    private static byte @Nullable [] section(Path file, String text, String label) throws IOException {
        String begin = "-----BEGIN " + label + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            return null;
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not Base64 inside", e);
        }
    }

    private static @Nullable PrivateKey keyOf(String algorithm, KeySpec spec) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            return null; // of another kind
        }
    }
}
