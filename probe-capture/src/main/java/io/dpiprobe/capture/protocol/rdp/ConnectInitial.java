// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.asn1.Der;

/** Reads the MCS connect message of a client and the data it carries for the server ([MS-RDPBCGR], 2.2.1.3). */
final class ConnectInitial {
    private static final int CORE = 0xc001;
    private static final int NETWORK = 0xc003;
    private static final int BLOCK_HEADER = 4;
    /** Name and options. */
    private static final int CHANNEL = 12;

    private static final int CHANNEL_NAME = 8;
    /** [MS-RDPBCGR] 2.2.1.3.4: no more static channels than these. */
    @Bound(of = "channels of a client", then = "the message is invalid", seen = "protocol_violations_total")
    private static final int MAX_CHANNELS = 31;
    /** T.124 key and the fixed choices of a conference create request, up to "Duca". */
    private static final int OBJECT_KEY = 7;

    private static final int CREATE_REQUEST = 12;

    private final ClientCore core = new ClientCore();
    private final Slice channels = new Slice();
    private final Slice name = new Slice();
    private final Cursor list = new Cursor();

    /** Behind the tag: selectors, a flag, three sets of domain parameters, user data. */
    void read(Cursor in) {
        core.clear();
        channels.clear();
        Der.skip(in);
        Der.skip(in);
        Der.skip(in);
        Der.skip(in);
        Der.skip(in);
        Der.skip(in);
        Der.enter(in, Der.OCTET_STRING);
        in.skip(OBJECT_KEY);
        skipPerLength(in);
        in.skip(CREATE_REQUEST);
        skipPerLength(in);
        while (in.remaining() >= BLOCK_HEADER) {
            readBlock(in);
        }
    }

    private void readBlock(Cursor in) {
        int type = in.u16le();
        int block = in.enter(in.u16le() - BLOCK_HEADER);
        if (type == CORE) {
            core.read(in);
        } else if (type == NETWORK) {
            long count = in.u32le();
            in.require(count <= MAX_CHANNELS);
            in.slice((int) count * CHANNEL, channels);
        }
        in.leave(block);
    }

    /** X.691, 10.9: one byte, or two that begin with a set bit. */
    private static void skipPerLength(Cursor in) {
        in.skip((in.u8() & 0x80) == 0 ? 0 : 1);
    }

    void write(JsonWriter json) {
        core.write(json);
        if (channels.isEmpty()) {
            return;
        }
        json.beginArray("channels");
        list.wrap(channels);
        while (list.hasRemaining()) {
            int length = list.indexOf((byte) 0, CHANNEL_NAME);
            int used = length < 0 ? CHANNEL_NAME : length;
            list.slice(used, name);
            list.skip(CHANNEL - used);
            json.wireItem(name);
        }
        json.endArray();
    }
}
