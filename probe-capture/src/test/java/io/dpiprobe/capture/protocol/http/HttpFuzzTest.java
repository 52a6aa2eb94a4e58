// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.dpiprobe.capture.Dialogue;

class HttpFuzzTest {
    /** Beginnings that lead into each part of the reader. */
    private static final String[] REQUESTS = {
        "GET / HTTP/1.1\r\n",
        "GET /",
        "CONNECT a:1 HTTP/1.1\r\n\r\n",
        "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /x HTTP/1.1\r\nContent-Length: 300\r\nContent-Type: multipart/form-data; boundary=a\r\n\r\n--a\r\n"
    };

    private static final String[] RESPONSES = {
        "HTTP/1.1 200 OK\r\n",
        "",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, deflate\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 200\r\nContent-Encoding: lzma\r\n\r\n]\000\000\200\000",
        "HTTP/1.1 200 OK\r\nContent-Length: 200\r\nContent-Encoding: br\r\n\r\n\013\002\200hello",
        "HTTP/1.1 200 OK\r\nContent-Length: 200\r\nContent-Encoding: gzip\r\n\r\n\037\213\010\036"
    };

    /** Every event is checked to be valid JSON as it is written. */
    @FuzzTest(maxDuration = "60s")
    void survivesAnyInput(FuzzedDataProvider data) {
        Dialogue dialogue = Dialogue.tcp(80)
                .client(data.pickValue(REQUESTS))
                .client(data.consumeBytes(data.consumeInt(0, 100)))
                .server(data.pickValue(RESPONSES));
        while (data.remainingBytes() > 0) {
            byte[] bytes = data.consumeBytes(data.consumeInt(1, 200));
            switch (data.consumeInt(0, 5)) {
                case 0 -> dialogue.serverLoses(1 + bytes.length);
                case 1 -> dialogue.clientLoses(1 + bytes.length);
                case 2, 3 -> dialogue.client(bytes);
                default -> dialogue.server(bytes);
            }
        }
        dialogue.close();
        assertThat(dialogue.events().ofType("flow")).hasSize(1);
    }
}
