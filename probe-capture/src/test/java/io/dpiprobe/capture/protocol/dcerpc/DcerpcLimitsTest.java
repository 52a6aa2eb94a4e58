// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.protocol.Cursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a client offers. */
class DcerpcLimitsTest {
    private static final int CONTEXT_BYTES = 44;

    @Test
    @Tag("limit:Bindings.MAX_CONTEXTS")
    void showsSoManyContexts() {
        Dialogue dialogue =
                Dialogue.tcp(135).client(bind(90)).server(bindAck(90)).close();

        assertThat(dialogue.bodies("dcerpc").get(0).path("interfaces")).hasSize(Bindings.MAX_CONTEXTS);
    }

    @Test
    @Tag("limit:ContextNames.MAX_CONTEXTS")
    void forgetsTheOldestContext() {
        ContextNames names = new ContextNames();
        for (int pipe = 0; pipe <= ContextNames.MAX_CONTEXTS; pipe++) {
            offer(names, pipe);
        }
        assertThat(names.find(0, 0)).isNull();
        assertThat(names.find(1, 0)).isNotNull();
        assertThat(names.find(ContextNames.MAX_CONTEXTS, 0)).isNotNull();
    }

    private static void offer(ContextNames names, long pipe) {
        byte[] bind = bind(1);
        Cursor in = new Cursor().wrap(new UnsafeBuffer(bind), 0, bind.length);
        Pdu pdu = new Pdu();
        pdu.read(in);
        in.seek(Pdu.HEADER_BYTES);
        names.readOffer(pdu, in, pipe);
    }

    @Test
    @Tag("limit:DcerpcDissector.HEAD_BYTES")
    void waitsForNoMoreThanTheHeadOfAFragment() {
        byte[] request = new byte[20_000];
        ByteBuffer out = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x03000005).putInt(0x10).putShort((short) request.length);
        Dialogue dialogue = Dialogue.tcp(135).client(bind(1)).server(bindAck(1));
        dialogue.client(Arrays.copyOf(request, DcerpcDissector.HEAD_BYTES));
        for (int sent = DcerpcDissector.HEAD_BYTES; sent < request.length; sent += 500) {
            dialogue.client(Arrays.copyOfRange(request, sent, Math.min(request.length, sent + 500)));
        }
        assertThat(dialogue.statistics().inspector().shownAgainBytes()).isZero();
        assertThat(dialogue.statistics().inspector().invalid()).isZero();
    }

    /** A bind (C706, 12.6.4.3) that offers the service control manager so many times. */
    private static byte[] bind(int contexts) {
        ByteBuffer out = ByteBuffer.allocate(28 + CONTEXT_BYTES * contexts).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x030b0005).putInt(0x10).putShort((short) out.capacity()).position(24);
        out.put((byte) contexts).position(28);
        for (int i = 0; i < contexts; i++) {
            out.putShort((short) i).putShort((short) 1);
            out.putInt(0x367abb81).putShort((short) 0x9844).putShort((short) 0x35f1); // svcctl
            out.put(new byte[] {(byte) 0xad, 0x32, (byte) 0x98, (byte) 0xf0, 0x38, 0x00, 0x10, 0x03});
            out.putInt(2).put(new byte[20]);
        }
        return out.array();
    }

    private static byte[] bindAck(int contexts) {
        ByteBuffer out = ByteBuffer.allocate(32 + 24 * contexts).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x030c0005).putInt(0x10).putShort((short) out.capacity()).position(28);
        out.put((byte) contexts);
        return out.array();
    }
}
