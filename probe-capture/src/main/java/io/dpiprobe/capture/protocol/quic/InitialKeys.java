// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.quic;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/** Holds what the Initial packets of a connection are protected with, which its first packet tells (RFC 9001, 5.2). */
final class InitialKeys {
    private final int version;
    private final byte[] connectionId;
    private final Keys client;
    private final Keys server;

    /** Protects one direction. */
    static final class Keys {
        /** Of the payload. */
        final SecretKeySpec packet;
        /** Of the packet number. */
        final SecretKeySpec header;

        final byte[] iv;

        Keys(SecretKeySpec packet, SecretKeySpec header, byte[] iv) {
            this.packet = packet;
            this.header = header;
            this.iv = iv;
        }
    }

    /** @param connectionId what the client called its peer at first */
    InitialKeys(int version, byte[] connectionId, Keys client, Keys server) {
        this.version = version;
        this.connectionId = connectionId;
        this.client = client;
        this.server = server;
    }

    Keys of(Direction from) {
        return from == Direction.TO_SERVER ? client : server;
    }

    int version() {
        return version;
    }

    byte[] connectionId() {
        return connectionId;
    }

    /** True if they come from this connection id. */
    boolean areFrom(Slice id) {
        byte[] bytes = new byte[id.length()];
        id.buffer().getBytes(id.offset(), bytes);
        return Arrays.equals(bytes, connectionId);
    }
}
