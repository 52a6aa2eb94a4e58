// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.tls;

/** Names the extensions that are read (IANA, "TLS ExtensionType Values"). */
final class TlsExtension {
    static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int EC_POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int ALPN = 16;
    static final int SUPPORTED_VERSIONS = 43;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

    private TlsExtension() {}
}
