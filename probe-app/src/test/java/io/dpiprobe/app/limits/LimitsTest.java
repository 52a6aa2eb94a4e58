// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final List<String> MODULES = List.of("buffer", "capture", "transport", "app");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"limit:([^\"]+)\"\\)");
    private static final Pattern NAME_OF_A_BOUND = Pattern.compile("(.*_)?(MAX|MOST|LONGEST|LARGEST)(_.*)?");

    /** Why a constant with such a name is no bound on what others can make the probe keep or do. */
    private static final Map<String, String> OTHERS = Map.of(
            "what a format, a protocol or the platform allows by itself",
            """
                    Caller.MAX_MACHINE_NAME ClientHello.MAX_VERSIONS Dhcpv6Dissector.MAX_LABEL
                    DnsName.MAX_LABEL
                    DnsProtocol.MAX_MESSAGE Endpoint.MAX_PORT HostPort.MAX_PORT ValueType.MAX_PORT
                    EtherType.LARGEST_LENGTH Fragments.MAX_LENGTH HandleDigest.MAX_HANDLE HostPort.MAX_NAME_BYTES Huffman.MAX_PADDING
                    LongHeader.MAX_CONNECTION_ID MimeReader.MAX_LINE MimeReader.MAX_ENCODED_LINE
                    MountQuestion.MAX_NAME MountQuestion.MAX_PATH NotifySocket.MAX_PATH
                    PacketOpener.MAX_NUMBER_LENGTH PacketOpener.MAX_PACKET PgsqlDissector.MAX_LENGTH
                    RpcCall.MAX_CREDENTIALS TimestampUnit.MAX_DECIMAL_EXPONENT Upgrade.MAX_AUTHORITY_BYTES
                    Upgrade.MAX_SETTINGS_BYTES
                    """,
            "digits of a number",
            """
                    Body.MAX_SIZE_DIGITS Digits.MAX_DECIMAL Digests.LONGEST Endpoints.MAX_PORT_DIGITS
                    HeaderDecoder.MAX_INTEGER_BYTES Http2Event.MAX_DIGITS HttpText.MAX_DIGITS SipHead.MAX_BODY_DIGITS
                    """,
            "how a message of a protocol is told from others",
            """
                    DcerpcProtocol.MAX_VERIFIER_BYTES FtpProtocol.MAX_GREETING Greeting.MAX_LENGTH Header.MAX_NAME_BYTES
                    Http2Detector.MAX_FIRST_SETTINGS HttpDetector.MAX_LEADING Item.LONGEST_CODE ImapProtocol.MAX_LINE ImapProtocol.MAX_TAG
                    KrbProtocol.MAX_FIRST_RECORD NameServiceProtocol.MAX_RECORDS Negotiation.MAX_DIALECT_BYTES
                    RequestReader.MAX_UNENDED_BYTES SipProtocol.MAX_LINE_BYTES Smb1Block.MAX_TEXT_BYTES
                    SmtpProtocol.MAX_GREETING Tower.MAX_FLOORS
                    """,
            "what is kept for the next user",
            """
                    BodyFilePool.MAX_IDLE WholeBodyPool.MAX_IDLE Fragments.MOST_KEPT InflaterPool.MAX_IDLE StreamTable.MAX_IDLE
                    """,
            "what the probe does by itself",
            """
                    AgentThread.LONGEST_PARK_NS BatchLimit.LONGEST_TRY_NS CrashRecord.MAX_WORKERS Rest.LONGEST_NS
                    Rest.LONGEST_PARK_NS TlsHandshake.MOST_SESSIONS Demo.LONGEST_DRAIN_NS DnsMessages.LONGEST Ethtool.RING_MOST
                    EventLine.MAX_DETAIL ReadCommand.MAX_FLOWS Settings.MAX_MB Settings.MAX_PROBE_ID
                    SpillStore.MAX_CHUNKS StreamAnswer.LONGEST_CATCH_UP_NS StreamRequest.MAX_HEARTBEAT_SECONDS
                    TcpConversation.MAX_SEGMENT TimeHistogram.MAX TimeHistogram.MAX_BITS TlsHandshake.MOST_TURNS
                    UnknownNames.MOST_MISTAKES
                    """);

    @Test
    void everyBoundHasATestThatReachesIt() throws IOException {
        assertThat(tags()).isEqualTo(names());
    }

    @Test
    void namesAreDistinct() {
        assertThat(Limits.all()).extracting(Limit::name).doesNotHaveDuplicates();
    }

    @Test
    void everyConstantNamedLikeABoundIsOneOrIsKnownNotToBe() throws ReflectiveOperationException {
        Set<String> unknown = new TreeSet<>();
        for (String name : OwnClasses.names()) {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            for (Field field : type.getDeclaredFields()) {
                boolean number = field.getType().isPrimitive() || field.getType() == Duration.class;
                if (Modifier.isStatic(field.getModifiers())
                        && number
                        && NAME_OF_A_BOUND.matcher(field.getName()).matches()) {
                    unknown.add(type.getSimpleName() + "." + field.getName());
                }
            }
        }
        unknown.removeAll(names());
        Set<String> others = new TreeSet<>();
        OTHERS.values().forEach(list -> others.addAll(List.of(list.trim().split("\\s+"))));
        assertThat(unknown).isEqualTo(others);
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Limits.all().forEach(limit -> names.add(limit.name()));
        return names;
    }

    /** What tests say that they reach. */
    private static Set<String> tags() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../probe-" + module + "/src/test/java"))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    Matcher tag = TAG.matcher(Files.readString(file));
                    while (tag.find()) {
                        found.add(tag.group(1));
                    }
                }
            }
        }
        return found;
    }
}
