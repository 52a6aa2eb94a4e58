// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedRangesTest {
    private static final String HELLO = "hello";
    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    private final Dialogue dialogue = Dialogue.tcp(80);

    @Test
    void joinsRangesThatFollowEachOther() {
        range("/a", 0, 1);
        range("/a", 2, 3);
        assertThat(files(2)).allMatch(each -> each.has("start"));
        range("/a", 4, 4);

        JsonNode whole = files(4).get(3);
        assertThat(whole.path("filename").asText()).isEqualTo("/a");
        assertThat(whole.path("size").asInt()).isEqualTo(5);
        assertThat(whole.path("state").asText()).isEqualTo("CLOSED");
        assertThat(whole.path("md5").asText()).isEqualTo(HELLO_MD5);
        assertThat(whole.has("start")).isFalse();
        assertThat(whole.path("tx_id").asInt()).isEqualTo(2);
        dialogue.close();
    }

    @Test
    void takesWhatOverlapsOnce() {
        range("/a", 0, 2);
        range("/a", 0, 1);
        range("/a", 1, 3);
        range("/a", 2, 4);
        assertThat(files(5).get(4).path("md5").asText()).isEqualTo(HELLO_MD5);
        dialogue.close();
    }

    @Test
    void leavesOutWhatComesTooEarlyUntilItComesAgain() {
        range("/a", 0, 1);
        range("/a", 3, 4);
        range("/a", 2, 2);
        files(3);
        range("/a", 3, 4);
        assertThat(files(5).get(4).path("md5").asText()).isEqualTo(HELLO_MD5);
        dialogue.close();
    }

    @Test
    void joinsNoRangesOfDifferentFiles() {
        range("/a", 0, 1);
        range("/b", 2, 4);
        range("/b", 0, 1);
        range("/a", 2, 4);
        files(4);
        dialogue.close();
        files(4);
    }

    @Test
    void joinsNothingAroundAGap() {
        ask("/a");
        dialogue.server(head(0, 3) + "h").serverLoses(2).server("l");
        range("/a", 4, 4);
        assertThat(files(2).get(0).path("gaps").asBoolean()).isTrue();
        dialogue.close();
    }

    @Test
    void joinsNoRangesOfCodedBodies() {
        ask("/a");
        dialogue.server(coded("bytes 0-2/5", "hel"));
        ask("/a");
        dialogue.server(coded("bytes 3-4/5", "lo"));
        files(2);
        dialogue.close();
    }

    private static String coded(String range, String content) {
        return "HTTP/1.1 206 Partial Content\r\nContent-Encoding: compress\r\nContent-Range: " + range
                + "\r\nContent-Length: " + content.length() + "\r\n\r\n" + content;
    }

    private void range(String path, int first, int last) {
        ask(path);
        dialogue.server(head(first, last) + HELLO.substring(first, last + 1));
    }

    private void ask(String path) {
        dialogue.client("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private static String head(int first, int last) {
        return "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + first + "-" + last + "/5\r\nContent-Length: "
                + (last + 1 - first) + "\r\n\r\n";
    }

    private List<JsonNode> files(int count) {
        List<JsonNode> files = dialogue.bodies("fileinfo");
        assertThat(files).hasSize(count);
        return files;
    }
}
