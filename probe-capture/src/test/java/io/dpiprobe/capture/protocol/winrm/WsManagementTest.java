// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dpiprobe.capture.Dialogue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WsManagementTest {
    /** A command in a shell that was opened before ([MS-WSMV], 3.1.4.11). */
    static final String COMMAND = """
            <?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header>
            <a:To>http://fs1:5985/wsman</a:To>
            <a:Action s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command</a:Action>
            <w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd</w:ResourceURI></s:Header>
            <s:Body><rsp:CommandLine><rsp:Command>cmd.exe</rsp:Command>
            <rsp:Arguments>/c vssadmin delete shadows /all /quiet</rsp:Arguments></rsp:CommandLine></s:Body></s:Envelope>
            """;

    @Test
    void readsActionAndCommandLine() {
        assertThat(asked("/wsman", "application/soap+xml;charset=UTF-8", COMMAND, StandardCharsets.UTF_8)
                        .toString())
                .isEqualTo("{\"encrypted\":false,"
                        + "\"action\":\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command\","
                        + "\"resource_uri\":\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd\","
                        + "\"command\":\"cmd.exe\",\"arguments\":[\"/c vssadmin delete shadows /all /quiet\"]}");
    }

    @Test
    void readsUtf16() {
        JsonNode winrm = asked("/wsman", "application/soap+xml;charset=UTF-16", COMMAND, StandardCharsets.UTF_16LE);
        assertThat(winrm.path("command").asText()).isEqualTo("cmd.exe");
    }

    @Test
    void saysThatTheRestIsEncrypted() {
        String type = "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\"";
        assertThat(asked("/wsman", type, "--Encrypted Boundary", StandardCharsets.UTF_8)
                        .toString())
                .isEqualTo("{\"encrypted\":true}");
    }

    @Test
    void isNotMadeOfOtherRequests() {
        assertThat(asked("/", "application/soap+xml", COMMAND, StandardCharsets.UTF_8)
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void readsEveryPrefix() {
        for (int length = 0; length < COMMAND.length(); length += 7) {
            JsonNode winrm = asked("/wsman", "text/xml", COMMAND.substring(0, length), StandardCharsets.UTF_8);
            assertThat(winrm.path("encrypted").asBoolean(true)).isFalse();
        }
    }

    @Test
    @Tag("limit:WsManagement.MAX_ARGUMENT_BYTES")
    @Tag("limit:WsManagement.MAX_ARGUMENTS")
    void writesNoMoreThanItsLimits() {
        String many = "<Command>x</Command>" + "<Arguments>y</Arguments>".repeat(100);
        assertThat(asked("/wsman", "text/xml", many, StandardCharsets.UTF_8).path("arguments"))
                .hasSize(WsManagement.MAX_ARGUMENTS);
        String longest = "<Command>x</Command><Arguments>" + "y".repeat(20_000);
        assertThat(asked("/wsman", "text/xml", longest, StandardCharsets.UTF_8)
                        .at("/arguments/0")
                        .asText())
                .hasSize(WsManagement.MAX_ARGUMENT_BYTES);
    }

    /** Long enough for its copy to have no room to spare. */
    @Test
    void survivesABodyThatEndsInsideATag() {
        for (int length = 0; length < 2000; length += 7) {
            assertThat(asked("/wsman", "text/xml", " ".repeat(length) + "<Command", StandardCharsets.UTF_8)
                            .has("encrypted"))
                    .isTrue();
        }
    }

    static JsonNode asked(String target, String type, String body, Charset charset) {
        byte[] content = body.getBytes(charset);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + target + " HTTP/1.1\r\nHost: fs1:5985\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(content);
        return Dialogue.tcp(5985)
                .client(request.toByteArray())
                .server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                .close()
                .events()
                .ofType("http")
                .get(0)
                .at("/probe/winrm");
    }

    @Test
    @Tag("limit:WsManagement.MAX_BODY_BYTES")
    void readsSoMuchOfABody() {
        String command = "<Command>last</Command>";
        String before = " ".repeat(WsManagement.MAX_BODY_BYTES - command.length());
        assertThat(asked("/wsman", "text/xml", before + command, StandardCharsets.UTF_8)
                        .path("command")
                        .asText())
                .isEqualTo("last");
        assertThat(asked("/wsman", "text/xml", before + " ".repeat(20) + command, StandardCharsets.UTF_8)
                        .has("command"))
                .isFalse();
    }
}
