// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.core.CoreConfig;
import io.dpiprobe.app.core.ReferenceCore;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.DnsCapture;
import io.dpiprobe.app.probe.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an SMB server and clients that others wrote say to each other, captured as they say it. */
class SambaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final String LOGIN = Samba.USER + "%" + Samba.PASSWORD;
    private static final int CONTENT_BYTES = 200_000;

    @TempDir
    private Path dir;

    private Samba samba;
    private ReferenceCore core;
    private Probe probe;

    @BeforeEach
    void start() throws Exception {
        samba = Samba.start(Files.createDirectory(dir.resolve("samba")));
        core = ReferenceCore.open(CoreConfig.local(dir.resolve("store.ndjson")));
        probe = probe(Map.of("CAPTURE_IFACE", "lo", "CAPTURE_FILTER", "tcp port " + samba.port()));
    }

    private Probe probe(Map<String, String> input) throws Exception {
        Map<String, String> environment = new HashMap<>(input);
        environment.put("CORE_API_URL", core.url().toString());
        environment.put("BUFFER_DIR", dir.resolve("buffer").toString());
        Configuration config = Configuration.read(environment);
        Probe started = Probe.open(config, CaptureInput.of(config.capture()));
        started.start();
        return started;
    }

    @AfterEach
    void stop() throws Exception {
        if (probe != null) {
            probe.close();
            core.close();
        }
        if (samba != null) {
            samba.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NT1", "SMB2_02", "SMB2_10", "SMB3_00", "SMB3_11"})
    void followsAFileThroughItsLife(String dialect) throws Exception {
        byte[] content = new byte[CONTENT_BYTES];
        new Random(1).nextBytes(content);
        Path file = Files.write(dir.resolve("budget.xlsx"), content);
        Path copy = dir.resolve("copy");

        String commands = "mkdir plans; put %s plans\\budget.xlsx; rename plans\\budget.xlsx plans\\budget.locked;"
                + " get plans\\budget.locked %s; del plans\\budget.locked";
        assertThat(samba.client(LOGIN, commands.formatted(file, copy), "-m" + dialect))
                .isZero();

        List<JsonNode> events = events();
        JsonNode activity = only(events, "smb_activity").path("smb_activity");
        assertThat(activity.path("user").asText()).isEqualTo(Samba.USER);
        assertThat(activity.path("share").asText()).isEqualToIgnoringCase("\\\\127.0.0.1\\" + Samba.SHARE);
        assertThat(activity.path("files_written").asInt()).isEqualTo(1);
        assertThat(activity.path("files_deleted").asInt()).isEqualTo(1);
        assertThat(activity.path("bytes_written").asInt()).isEqualTo(CONTENT_BYTES);
        assertThat(activity.path("bytes_read").asInt()).isEqualTo(CONTENT_BYTES);
        assertThat(activity.path("entropy_written").asDouble()).isGreaterThan(7.9);
        assertThat(activity.path("renames")).hasToString("[{\"extensions\":\"xlsx>locked\",\"count\":1}]");
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(ofType(events, "fileinfo"))
                .extracting(event -> event.path("fileinfo"))
                .hasSize(2)
                .allSatisfy(info -> {
                    assertThat(info.path("sha256").asText()).isEqualTo(digest);
                    assertThat(info.path("state").asText()).isEqualTo("CLOSED");
                })
                .extracting(info -> info.path("filename").asText().replaceFirst("^\\\\", ""))
                .containsExactly("plans\\budget.xlsx", "plans\\budget.locked");
    }

    @Test
    void namesWhatIsDoneOverPipes() throws Exception {
        assertThat(samba.rpc("enumdomusers; netshareenumall; lsaquery")).isZero();

        assertThat(ofType(events(), "smb"))
                .extracting(event -> event.at("/probe/rpc/operation").asText())
                .contains("SamrEnumerateUsersInDomain", "NetrShareEnum", "LsarQueryInformationPolicy");
    }

    @Test
    void saysWhoWasRefused() throws Exception {
        assertThat(samba.client(Samba.USER + "%wrong", "ls")).isNotZero();

        JsonNode refused = ofType(events(), "smb").stream()
                .filter(event -> event.at("/smb/status").asText().equals("STATUS_LOGON_FAILURE"))
                .findFirst()
                .orElseThrow();
        assertThat(refused.at("/smb/command").asText()).isEqualTo("SMB2_COMMAND_SESSION_SETUP");
        assertThat(refused.at("/smb/ntlmssp/user").asText()).isEqualTo(Samba.USER);
        assertThat(refused.at("/probe/auth/service").asText()).isEqualTo("cifs/127.0.0.1");
    }

    @Test
    void accountsForWhatIsEncrypted() throws Exception {
        Files.write(samba.share().resolve("large"), new byte[CONTENT_BYTES]);
        String get = "get large " + dir.resolve("copy");

        assertThat(samba.client(LOGIN, get, "-mSMB3_11", "--client-protection=encrypt"))
                .isZero();

        List<JsonNode> events = events();
        assertThat(ofType(events, "fileinfo")).isEmpty();
        JsonNode encrypted = only(events, "smb_activity").at("/smb_activity/encrypted");
        assertThat(encrypted.path("bytes_toclient").asInt()).isGreaterThan(CONTENT_BYTES);
    }

    /**
     * Everything that the probe has to say of what was sent so far: a last log-in, which nobody else tries, shows that it
     * has read all; what it says at its end it keeps for its next start.
     */
    private List<JsonNode> events() throws Exception {
        samba.client("sentinel%x", "ls");
        await(() -> stored().stream().anyMatch(line -> line.contains("\"sentinel\"")));
        probe.close();
        Path one = DnsCapture.write(dir.resolve("one.pcap"), 1);
        probe = probe(Map.of("CAPTURE_FILE", one.toString(), "CAPTURE_SPEED", "max"));
        await(probe::isDone);
        List<JsonNode> events = new ArrayList<>();
        for (String line : stored()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private List<String> stored() {
        try {
            return Files.readAllLines(dir.resolve("store.ndjson"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static List<JsonNode> ofType(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("event_type").asText().equals(type))
                .toList();
    }

    private static JsonNode only(List<JsonNode> events, String type) {
        List<JsonNode> found = ofType(events, type);
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
