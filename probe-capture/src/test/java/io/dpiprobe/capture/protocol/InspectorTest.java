// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.Dialogue;
import io.dpiprobe.capture.flow.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InspectorTest {
    private final List<String> seen = new ArrayList<>();
    private int calls;

    /** Messages of one length byte and as many bytes behind it; recognised by a first message "A". */
    private final Protocol lengths =
            Protocol.tcp("lengths", InspectorTest::startsWithA, () -> new Lengths("lengths"), 7);

    private final Protocol other = Protocol.tcp("other", (from, in) -> Verdict.INVALID, () -> new Lengths("other"));

    @Test
    void showsMessagesWholeAndInOrder() {
        open(lengths).client("\u0001A\u0002bc\u0003d").client("ef").close();

        assertThat(seen).containsExactly("lengths TO_SERVER A", "lengths TO_SERVER bc", "lengths TO_SERVER def", "end");
    }

    @Test
    void asksAgainOnlyWhenThereAreEnoughBytes() {
        open(lengths).client("\u0001A").clientByteByByte(("d" + "x".repeat(100)).getBytes(StandardCharsets.US_ASCII));

        assertThat(seen).hasSize(2);
        assertThat(calls).isEqualTo(1 + 1 + 1); // the first message, the length, the whole
    }

    @Test
    void showsTheOtherDirectionOnceOneIsRecognised() {
        open(lengths).server("\u0001s").client("\u0001A").close();

        assertThat(seen).containsExactlyInAnyOrder("lengths TO_CLIENT s", "lengths TO_SERVER A", "end");
    }

    @Test
    void givesUpWhenNeitherDirectionIsRecognised() {
        Dialogue dialogue = open(lengths)
                .client("nothing")
                .server("known")
                .client("\u0001A")
                .close();

        assertThat(seen).isEmpty();
        assertThat(dialogue.appProto()).isEqualTo("failed");
    }

    @Test
    void asksProtocolsOfThePortFirst() {
        Protocol greedy = Protocol.tcp("greedy", (from, in) -> Verdict.OK, () -> new Lengths("greedy"));

        assertThat(open(greedy, lengths).client("\u0001A").close().appProto()).isEqualTo("lengths");
        assertThat(open(lengths.onOwnPorts(), greedy).client("zzz").close().appProto())
                .isEqualTo("greedy");
    }

    @Test
    void endsDissectionAtTheFirstInvalidMessage() {
        open(lengths).client("\u0001A\u0001!\u0001b").client("\u0001c").close();

        assertThat(seen).containsExactly("lengths TO_SERVER A", "end");
    }

    @Test
    void handsOverToAnotherProtocol() {
        Dialogue dialogue = open(lengths, other)
                .client("\u0001A\u0001>\u0001b")
                .server("\u0001c")
                .close();

        assertThat(seen)
                .containsExactly(
                        "lengths TO_SERVER A",
                        "lengths TO_SERVER >",
                        "end",
                        "other TO_SERVER b",
                        "other TO_CLIENT c",
                        "end");
        assertThat(dialogue.appProto()).isEqualTo("other");
        assertThat(dialogue.events()
                        .ofType("flow")
                        .get(0)
                        .path("app_proto_orig")
                        .asText())
                .isEqualTo("lengths");
    }

    @Test
    void readsOnAfterAGapOnlyIfTheDissectorCan() {
        open(lengths).client("\u0001A").clientLoses(10).client("\u0001b").close();
        assertThat(seen).containsExactly("lengths TO_SERVER A", "gap 10", "lengths TO_SERVER b", "end");

        seen.clear();
        open(lengths).client("\u0001A").clientLoses(99).client("\u0001b").close();
        assertThat(seen).containsExactly("lengths TO_SERVER A", "gap 99", "end");
    }

    @Test
    @Tag("limit:Inspector.MAX_MESSAGE_BYTES")
    void refusesMessagesLongerThanTheLimit() {
        Protocol endless = Protocol.tcp("endless", InspectorTest::startsWithA, Endless::new, 7);
        Dialogue dialogue =
                open(endless).client("\u0001A").client("x").client("x").close();

        assertThat(seen).containsExactly("endless", "end");
        assertThat(dialogue.appProto()).isEqualTo("endless");
    }

    private Dialogue open(Protocol... protocols) {
        return Dialogue.tcp(7, new Registry(List.of(protocols)));
    }

    private static Verdict startsWithA(Direction from, Cursor in) {
        in.require(in.u8() == 1);
        in.require(in.u8() == 'A');
        return in.verdict();
    }

    private final class Lengths implements Dissector {
        private final String name;

        Lengths(String name) {
            this.name = name;
        }

        @Override
        public Verdict onData(Direction from, Cursor in, Session session) {
            calls++;
            int length = in.u8();
            int message = in.enter(length);
            StringBuilder text = new StringBuilder();
            while (in.hasRemaining()) {
                text.append((char) in.u8());
            }
            in.require(!text.toString().equals("!"));
            in.leave(message);
            if (in.verdict() == Verdict.OK) {
                seen.add(name + " " + from + " " + text);
                if (text.toString().equals(">")) {
                    session.handOver("other");
                }
            }
            return in.verdict();
        }

        @Override
        public Verdict onGap(Direction from, long bytes, Session session) {
            seen.add("gap " + bytes);
            return bytes == 10 ? Verdict.OK : Verdict.INVALID;
        }

        @Override
        public void onEnd(Session session) {
            seen.add("end");
        }

        @Override
        public void reset() {}
    }

    /** Wants one byte more than it may have. */
    private final class Endless implements Dissector {
        @Override
        public Verdict onData(Direction from, Cursor in, Session session) {
            seen.add("endless");
            in.skip(Inspector.MAX_MESSAGE_BYTES + 1);
            return in.verdict();
        }

        @Override
        public void onEnd(Session session) {
            seen.add("end");
        }

        @Override
        public void reset() {}
    }

    @Test
    @Tag("limit:Inspector.DETECTION_BYTES")
    void looksForAProtocolInSoManyBytes() {
        Protocol undecided = Protocol.tcp(
                "undecided",
                (from, in) -> {
                    calls++;
                    return Verdict.NEED_MORE;
                },
                () -> new Lengths("undecided"));
        Dialogue dialogue = open(undecided)
                .client("x".repeat(Inspector.DETECTION_BYTES - 1))
                .client("x");
        int before = calls;

        dialogue.client("x".repeat(100)).client("x");

        assertThat(before).isEqualTo(2);
        assertThat(calls).as("it is not asked again").isEqualTo(before);
    }

    @Test
    @Tag("limit:Inspector.DETECTION_HELD_BYTES")
    void holdsSoManyBytesWhileTheOtherSideIsSilent() {
        open(lengths).client("x".repeat(Inspector.DETECTION_HELD_BYTES)).server("\u0001A");
        assertThat(seen).contains("lengths TO_CLIENT A");

        seen.clear();
        open(lengths).client("x".repeat(Inspector.DETECTION_HELD_BYTES + 1)).server("\u0001A");
        assertThat(seen).isEmpty();
    }

    @Test
    @Tag("limit:Inspector.DETECTION_DATAGRAMS")
    void looksForAProtocolInSoManyDatagrams() {
        assertThat(behindDatagrams(Inspector.DETECTION_DATAGRAMS - 1)).isEqualTo("lengths");
        assertThat(behindDatagrams(Inspector.DETECTION_DATAGRAMS)).isEqualTo("failed");
    }

    private String behindDatagrams(int others) {
        Protocol udp = Protocol.udp("lengths", InspectorTest::startsWithA, () -> new Lengths("lengths"), 7);
        Dialogue dialogue = Dialogue.udp(7, new Registry(List.of(udp)));
        for (int i = 0; i < others; i++) {
            dialogue.client("x");
        }
        return dialogue.client("\u0001A").close().appProto();
    }
}
