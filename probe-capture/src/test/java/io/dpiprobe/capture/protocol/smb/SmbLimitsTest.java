// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.stream.BufferPool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More of everything than a connection has. */
class SmbLimitsTest {
    private final Connection connection = new Connection();
    private final JsonWriter json = new JsonWriter().clear();

    @Test
    @Tag("limit:Connection.MAX_FILES")
    void forgetsTheOldestFile() {
        forgetsTheOldest(connection.files, Connection.MAX_FILES);
    }

    @Test
    @Tag("limit:Connection.MAX_TREES")
    void forgetsTheOldestShare() {
        forgetsTheOldest(connection.trees, Connection.MAX_TREES);
    }

    private static void forgetsTheOldest(NameTable names, int most) {
        for (int i = 0; i <= most; i++) {
            names.put(i, 7);
        }
        assertThat(names.find(0, 7)).isNull();
        assertThat(names.find(1, 7)).isNotNull();
        assertThat(names.find(most, 7)).isNotNull();
    }

    @Test
    @Tag("limit:Connection.MAX_READS")
    void forgetsTheOldestRead() {
        Smb2Header header = new Smb2Header();
        for (int i = 0; i <= Connection.MAX_READS; i++) {
            header.messageId = i;
            connection.reads.add(header, 1, 2, 0);
        }
        assertThat(connection.reads.take(0)).isFalse();
        assertThat(connection.reads.take(1)).isTrue();
    }

    @Test
    @Tag("limit:Connection.MAX_LOGINS")
    void forgetsTheOldestLogIn() {
        Transaction first = new Transaction();
        connection.loginOf(first);
        for (int i = 1; i < Connection.MAX_LOGINS; i++) {
            connection.loginOf(new Transaction());
        }
        assertThat(first.login).isNotNull();

        connection.loginOf(new Transaction());

        assertThat(first.login).isNull();
    }

    @Test
    @Tag("limit:HeldParts.MAX_PARTS")
    void holdsSoManyParts() {
        HeldParts parts = new HeldParts();
        BufferPool pool = new BufferPool(1 << 20);
        for (int i = 0; i < HeldParts.MAX_PARTS; i++) {
            assertThat(parts.begin(1000L * i, 10, pool)).isTrue();
        }
        assertThat(parts.begin(0, 10, pool)).isFalse();
    }

    @Test
    @Tag("limit:Negotiation.MAX_DIALECTS")
    void showsSoManyDialects() {
        byte[] body = new byte[36 + 200];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putShort(2, (short) 100);
        Negotiation negotiation = new Negotiation();
        negotiation.readRequest(new Cursor().wrap(new UnsafeBuffer(body), 0, body.length));
        negotiation.write(json.beginObject());

        assertThat(count("unknown")).isEqualTo(Negotiation.MAX_DIALECTS);
    }

    @Test
    @Tag("limit:Extensions.MAX_EXTENSION_BYTES")
    void tellsExtensionsApartByTheirFront() {
        Extensions extensions = new Extensions();
        String front = "x".repeat(Extensions.MAX_EXTENSION_BYTES);
        extensions.add(slice("a.doc"), slice("a." + front + "1"));
        extensions.add(slice("b.doc"), slice("b." + front + "2"));
        extensions.write(json.beginObject());

        assertThat(text()).contains("doc>" + front + "\"").contains("\"count\":2");
    }

    @Test
    @Tag("limit:RepeatedNames.SLOTS")
    void watchesSoManyNames() {
        RepeatedNames names = new RepeatedNames();
        for (int name = 0; name < 20 * RepeatedNames.SLOTS; name++) {
            for (int folder = 0; folder < RepeatedNames.MIN_FOLDERS; folder++) {
                names.add(slice("d" + folder + "\\n" + name));
            }
        }
        names.write(json.beginObject());

        assertThat(count("filename")).isBetween(RepeatedNames.SLOTS / 2, RepeatedNames.SLOTS);
    }

    @Test
    @Tag("limit:SmbDissector.HEAD_BYTES")
    void waitsForNoMoreThanTheHeadOfAMessage() {
        assertThat(shownAgain(Smb2Command.TREE_CONNECT, SmbDissector.HEAD_BYTES))
                .isZero();
    }

    @Test
    @Tag("limit:SmbDissector.DATA_HEAD_BYTES")
    void waitsForLessOfAMessageWithData() {
        assertThat(shownAgain(Smb2Command.WRITE, SmbDissector.DATA_HEAD_BYTES)).isZero();
        assertThat(shownAgain(Smb2Command.TREE_CONNECT, SmbDissector.DATA_HEAD_BYTES))
                .isPositive();
    }

    /** Bytes that had to be shown again when a long message comes whose first packet has so much of it. */
    private static long shownAgain(int command, int first) {
        byte[] message = SmbDissectorTest.message(command, 0, 0, new byte[40_000]);
        Dialogue dialogue = Dialogue.tcp(445).client(SmbDissectorTest.treeConnect());
        long before = dialogue.statistics().inspector().shownAgainBytes();
        dialogue.client(Arrays.copyOf(message, 4 + first));
        for (int sent = 4 + first; sent < message.length; sent += 1000) {
            dialogue.client(Arrays.copyOfRange(message, sent, Math.min(message.length, sent + 1000)));
        }
        return dialogue.statistics().inspector().shownAgainBytes() - before;
    }

    @Test
    @Tag("limit:SmbDissector.MAX_COMPOUND")
    void readsSoManyRequestsOfACompound() {
        byte[] one = SmbDissectorTest.treeConnect();
        int length = one.length - 4;
        ByteBuffer all = ByteBuffer.allocate(4 + 100 * length).order(ByteOrder.LITTLE_ENDIAN);
        all.putShort(2, Short.reverseBytes((short) (100 * length))).position(4);
        for (int i = 0; i < 100; i++) {
            all.put(one, 4, length).putInt(all.position() - length + 20, i < 99 ? length : 0);
        }
        Dialogue dialogue = Dialogue.tcp(445).client(all.array()).close();

        assertThat(dialogue.bodies("smb")).hasSize(SmbDissector.MAX_COMPOUND);
    }

    @Test
    @Tag("limit:SmbDissector.MAX_CHAIN")
    void readsSoManyCommandsOfAChain() {
        byte[][] blocks = new byte[30][];
        for (int i = 0; i < blocks.length; i++) {
            // LOGOFF_ANDX, each followed by another
            blocks[i] = Smb1Bytes.block(Smb1Bytes.words(0x74, 32 + 7 * (i + 1)), new byte[0]);
        }
        Dialogue dialogue = Dialogue.tcp(445).client(Smb1Bytes.message(0x74, 0, 0, 0xc000, Smb1Bytes.join(blocks)));

        assertThat(dialogue.close().bodies("smb")).hasSize(16);
    }

    private int count(String word) {
        return text().split(word, -1).length - 1;
    }

    private String text() {
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }

    private static Slice slice(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
