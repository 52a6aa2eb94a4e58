// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.capture.packet.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private final JsonWriter json = new JsonWriter().clear();

    @Test
    void writesNestedObjectsAndLists() {
        json.beginObject().number("a", -12).beginArray("list").numberItem(1).asciiItem("x");
        json.beginObject().bool("t", true).endObject().endArray();
        json.beginObject("empty").endObject().hex("h", 0x8180).endObject();

        assertThat(text()).isEqualTo("{\"a\":-12,\"list\":[1,\"x\",{\"t\":true}],\"empty\":{},\"h\":\"8180\"}");
    }

    @Test
    void saysThatThereIsASecretButNotWhich() {
        json.beginObject()
                .secret("a", slice("hush"))
                .beginArray("list")
                .secretItem()
                .endArray();
        json.beginText("b").append('x').appendSecret(slice("hush")).endText().endObject();

        assertThat(text()).isEqualTo("{\"a\":\"***\",\"list\":[\"***\"],\"b\":\"x***\"}");
    }

    @Test
    void writesSecretsIfAskedTo() {
        JsonWriter open = new JsonWriter(Secrets.SHOWN).clear();
        open.beginObject().secret("a", slice("hush"));
        open.beginText("b").append('x').appendSecret(slice("hu\"sh")).endText().endObject();

        assertThat(new String(open.bytes(), 0, open.length(), StandardCharsets.US_ASCII))
                .isEqualTo("{\"a\":\"hush\",\"b\":\"xhu\\\"sh\"}");
    }

    @Test
    void writesEveryDecimalLength() {
        for (long value = 1; value > 0; value *= 10) {
            assertNumber(value);
            assertNumber(value - 1);
            assertNumber(-value);
        }
        assertNumber(Long.MAX_VALUE);
        assertNumber(Long.MIN_VALUE);
    }

    @Test
    void writesAddressesAsEveDoes() {
        json.beginObject();
        json.address("v4", 4, 0, 0x0a0001ffL);
        json.address("v6", 6, 0x20010db8_00000000L, 1);
        json.endObject();

        assertThat(text()).isEqualTo("{\"v4\":\"10.0.1.255\",\"v6\":\"2001:0db8:0000:0000:0000:0000:0000:0001\"}");
    }

    @Test
    void writesTimesAcrossSecondsAndDays() {
        json.beginObject();
        json.timestamp("a", 1_700_000_000_123_456_789L).timestamp("b", 1_700_100_001_000_000_000L);
        json.endObject();

        assertThat(text())
                .isEqualTo("{\"a\":\"2023-11-14T22:13:20.123456+0000\",\"b\":\"2023-11-16T02:00:01.000000+0000\"}");
    }

    @Test
    void keepsValidUtf8AndEscapesWhatJsonDemands() throws IOException {
        String hostile = "gr\u00fc\u00df \"q\" \\ \n\t\u0001 \ud83d\ude00";
        assertThat(wire(hostile)).isEqualTo(hostile);
    }

    @Test
    void showsBytesThatAreNotUtf8AsHexadecimal() throws IOException {
        byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc3, (byte) 0xa4, 0};
        assertThat(wire(bytes)).isEqualTo("a\\xffb\\xc3\\xa4\u0000");
    }

    @Test
    void marksABackslashThatLooksLikeAnEscape() throws IOException {
        assertThat(wire("C:\\x\\x41")).isEqualTo("C:\\x\\x5cx41");
    }

    @Test
    void recoversTheOriginalBytesFromWhatItWrote() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] alphabet = {'\\', 'x', '4', '1', 'a', '"', 0, (byte) 0xff, (byte) 0xc3, (byte) 0xa4, ' '};
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            assertThat(unescape(wire(bytes)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(bytes);
        }
    }

    @Test
    @Tag("limit:JsonWriter.MAX_EVENT_BYTES")
    void leavesOutWhatComesBehindTheCapAndStaysValid() throws IOException {
        json.beginObject().beginArray("list");
        for (int i = 0; i < 20_000; i++) {
            json.beginObject()
                    .number("number", i)
                    .beginArray("inner")
                    .asciiItem("x")
                    .endArray()
                    .endObject();
        }
        json.endArray();
        json.liftCap();
        json.bool("last", true).endObject();

        JsonNode node = new ObjectMapper().readTree(text());
        assertThat(json.isTruncated()).isTrue();
        assertThat(json.length()).isLessThan(JsonWriter.MAX_EVENT_BYTES + 100);
        assertThat(node.path("last").asBoolean()).isTrue();
        assertThat(node.path("list").size()).isBetween(1000, 10_000);
    }

    @Test
    @Tag("limit:JsonWriter.MAX_STRING_BYTES")
    void cutsLongStringsAndSaysSo() throws IOException {
        assertThat(wire("x".repeat(JsonWriter.MAX_STRING_BYTES + 1))).hasSize(JsonWriter.MAX_STRING_BYTES);
        assertThat(json.isTruncated()).isTrue();
    }

    @Test
    void takesBackWhatProvedEmpty() {
        json.beginObject().number("a", 1);
        int mark = json.mark();
        json.beginObject("b");
        json.rewind(mark);
        json.number("c", 2).endObject();

        assertThat(text()).isEqualTo("{\"a\":1,\"c\":2}");
    }

    private void assertNumber(long value) {
        json.clear().beginObject().number("n", value).endObject();
        assertThat(text()).isEqualTo("{\"n\":" + value + "}");
    }

    private String wire(String value) throws IOException {
        return wire(value.getBytes(StandardCharsets.UTF_8));
    }

    private String wire(byte[] bytes) throws IOException {
        Slice slice = new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        json.clear().beginObject().wire("s", slice).endObject();
        return new ObjectMapper().readTree(text()).path("s").asText();
    }

    private static Slice slice(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private String text() {
        return new String(json.bytes(), 0, json.length(), StandardCharsets.UTF_8);
    }

    /** Undoes {@link WireText}: what a reader of events would do. */
    private static byte[] unescape(String shown) {
        byte[] utf8 = shown.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[utf8.length];
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            boolean escape = utf8[i] == '\\'
                    && i + 3 < utf8.length
                    && utf8[i + 1] == 'x'
                    && Character.digit(utf8[i + 2], 16) >= 0
                    && Character.digit(utf8[i + 3], 16) >= 0;
            if (escape) {
                out[length++] = (byte) (Character.digit(utf8[i + 2], 16) << 4 | Character.digit(utf8[i + 3], 16));
                i += 3;
            } else {
                out[length++] = utf8[i];
            }
        }
        return Arrays.copyOf(out, length);
    }
}
