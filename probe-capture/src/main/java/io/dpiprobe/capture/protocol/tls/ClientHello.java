// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.Verdict;

/** Reads the body of a ClientHello (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2). */
public final class ClientHello {
    /** Cipher suites kept: scanners offer all of the few hundred there are. */
    @Bound(of = "cipher suites of a hello", then = "the event is without fingerprints")
    static final int MAX_CIPHER_SUITES = 1024;
    /** Extensions kept: about sixty are registered. */
    @Bound(of = "extensions of a hello", then = "the event is without fingerprints")
    static final int MAX_EXTENSIONS = 256;
    /** Groups and signature algorithms kept: more than are registered. */
    @Bound(of = "groups or signature algorithms of a hello", then = "the event is without fingerprints")
    static final int MAX_ALGORITHMS = 256;

    /** Versions kept: the list has a length of one byte. */
    static final int MAX_VERSIONS = 127;

    private static final int RANDOM_LENGTH = 32;

    final IntList cipherSuites = new IntList(MAX_CIPHER_SUITES);
    final IntList extensions = new IntList(MAX_EXTENSIONS);
    final IntList versions = new IntList(MAX_VERSIONS);
    final IntList groups = new IntList(MAX_ALGORITHMS);
    final IntList pointFormats = new IntList(256);
    final IntList signatureAlgorithms = new IntList(MAX_ALGORITHMS);
    final Slice sessionId = new Slice();
    final Slice serverName = new Slice();
    /** The names of application protocols, each behind its length. */
    final Slice alpn = new Slice();

    int legacyVersion;
    /** The highest version offered, drafts of TLS 1.3 included; GREASE and private numbers do not count. */
    int version;
    /** True if the client sends an inner hello, or something that looks like one, encrypted. */
    boolean encryptedHello;

    /** Reads from behind the handshake header to the end of the message. */
    public Verdict read(Cursor in) {
        clear();
        legacyVersion = in.u16();
        version = legacyVersion;
        in.skip(RANDOM_LENGTH);
        in.slice(in.u8(), sessionId);
        if (TlsVersion.isDtls(legacyVersion)) {
            in.skip(in.u8()); // cookie (RFC 6347, 4.2.1)
        }
        int suites = in.enter(in.u16());
        cipherSuites.readAll(in);
        in.leave(suites);
        in.skip(in.u8()); // legacy_compression_methods
        if (in.hasRemaining()) {
            int all = in.enter(in.u16());
            while (in.hasRemaining()) {
                readExtension(in);
            }
            in.leave(all);
        }
        return in.verdict();
    }

    /** Types of extensions, in the order of the message. */
    public IntList extensions() {
        return extensions;
    }

    /** What supported_versions lists, in its order. */
    public IntList versions() {
        return versions;
    }

    public IntList signatureAlgorithms() {
        return signatureAlgorithms;
    }

    /** The name of the server; empty if the client does not say it. */
    public Slice serverName() {
        return serverName;
    }

    /** The names of application protocols, each behind its length. */
    public Slice alpn() {
        return alpn;
    }

    private void clear() {
        cipherSuites.clear();
        extensions.clear();
        versions.clear();
        groups.clear();
        pointFormats.clear();
        signatureAlgorithms.clear();
        sessionId.clear();
        serverName.clear();
        alpn.clear();
        encryptedHello = false;
    }

    private void readExtension(Cursor in) {
        int type = in.u16();
        extensions.add(type, in);
        int extension = in.enter(in.u16());
        switch (type) {
            case TlsExtension.SERVER_NAME -> readServerName(in);
            case TlsExtension.SUPPORTED_GROUPS -> readAlgorithms(in, groups);
            case TlsExtension.EC_POINT_FORMATS -> readPointFormats(in);
            case TlsExtension.SIGNATURE_ALGORITHMS -> readAlgorithms(in, signatureAlgorithms);
            case TlsExtension.ALPN -> in.slice(in.u16(), alpn);
            case TlsExtension.SUPPORTED_VERSIONS -> readVersions(in);
            case TlsExtension.ENCRYPTED_CLIENT_HELLO -> encryptedHello = true;
            default -> {}
        }
        in.leave(extension);
    }

    /** RFC 6066, 3: the first name of a list that has only ever had one. */
    private void readServerName(Cursor in) {
        if (in.hasRemaining()) {
            in.skip(3); // server_name_list length, name_type host_name
            in.slice(in.u16(), serverName);
        }
    }

    private static void readAlgorithms(Cursor in, IntList into) {
        int list = in.enter(in.u16());
        into.readAll(in);
        in.leave(list);
    }

    private void readPointFormats(Cursor in) {
        int list = in.enter(in.u8());
        while (in.hasRemaining()) {
            pointFormats.add(in.u8(), in);
        }
        in.leave(list);
    }

    private void readVersions(Cursor in) {
        int list = in.enter(in.u8());
        int highest = 0;
        while (in.hasRemaining()) {
            int offered = in.u16();
            versions.add(offered, in);
            if (TlsVersion.isRegistered(offered) || TlsVersion.isDraft(offered)) {
                highest = highest == 0 || TlsVersion.isNewer(offered, highest) ? offered : highest;
            }
        }
        version = highest == 0 ? version : highest;
        in.leave(list);
    }
}
