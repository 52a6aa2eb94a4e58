// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.flow.Direction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzSessionTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    private int start(String... args) throws Exception {
        List<FuzzTarget> targets = FuzzTarget.onClassPath(System.getProperty("java.class.path"));
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new FuzzSession(out, home, targets).start(List.of(args));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listsTheTargetsThatAWordMeans() throws Exception {
        assertThat(start("--list", "ssh", "Frames.sameFramesSameEvents")).isEqualTo(FuzzSession.CLEAN);
        assertThat(text()).isEqualTo("Frames.sameFramesSameEvents\nSsh.survivesAnyInput\n");
    }

    @Test
    void everyProtocolHasATarget() throws Exception {
        Set<String> packages = FuzzTarget.onClassPath(System.getProperty("java.class.path")).stream()
                .map(target ->
                        target.className().substring(0, target.className().lastIndexOf('.')))
                .collect(Collectors.toSet());

        assertThat(Protocols.registry().protocols())
                .hasSizeGreaterThan(20)
                .allSatisfy(protocol -> assertThat(packages)
                        .contains(protocol.dissector().getClass().getPackageName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--for", "--for 10", "--for 0m", "--corpus /no/such/directory", "nothing"})
    void refusesWhatItDoesNotUnderstand(String args) throws Exception {
        assertThat(start(args.split(" "))).isEqualTo(FuzzSession.USAGE);
    }

    @Test
    void aScriptPlaysTheConversationItWasMadeFrom() {
        byte[] script = new ConversationScript(true, 80)
                .sends(Direction.TO_SERVER, "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .sends(Direction.TO_CLIENT, "HTTP/1.0 204 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .bytes();

        assertThat(ConversationScript.play(script).bodies("http"))
                .singleElement()
                .satisfies(http -> assertThat(http.path("status").asInt()).isEqualTo(204));
    }
}
