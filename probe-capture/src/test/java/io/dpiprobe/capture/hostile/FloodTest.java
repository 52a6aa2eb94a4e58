// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.flow.EndReason;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.packet.PacketBytes;
import io.dpiprobe.capture.packet.TcpFlags;
import io.dpiprobe.capture.packet.Undecodable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More of everything than there can be: state is bounded, and what had to go is counted. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FloodTest {
    /** A hundred thousand in a normal run, a million in a long one. */
    private static final int FLOWS = Integer.getInteger("hostile.flows", 100_000);

    private static final int MAX_FLOWS = 10_000;
    private static final long MIB = 1024 * 1024;
    private static final byte[] NOTHING = {};

    @Test
    @Tag("limit:MAX_FLOWS")
    void aFloodOfConnectionsAndThenAnotherFromElsewhere() {
        Attack attack = new Attack(MAX_FLOWS);
        flood(attack, 10);
        assertThat(attack.statistics().flowsActive()).isEqualTo(MAX_FLOWS);
        assertThat(attack.statistics().flowsEnded(EndReason.FORCED)).isEqualTo(FLOWS - MAX_FLOWS);
        long afterOne = Attack.heapBytes();

        flood(attack, 11);

        assertThat(Attack.heapBytes() - afterOne).as("no memory for the second").isLessThan(4 * MIB);
        assertThat(attack.statistics().flowsEnded(EndReason.FORCED)).isEqualTo(2L * FLOWS - MAX_FLOWS);
        assertThat(attack.finish().written(EventType.FLOW))
                .as("each has its record")
                .isEqualTo(2L * FLOWS);
    }

    private static void flood(Attack attack, int network) {
        for (int i = 0; i < FLOWS; i++) {
            String source = network + "." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255);
            attack.frame(
                    PacketBytes.from(source, 1024 + i % 7).to("10.0.0.2", 80).tcp(TcpFlags.SYN, i, 0, NOTHING));
        }
    }

    @Test
    void aPortThatIsUsedAgainAndAgainIsAFlowEachTime() {
        Attack attack = new Attack(MAX_FLOWS);
        for (int i = 0; i < 1000; i++) {
            attack.frame(Attack.client(5000, 80).tcp(TcpFlags.SYN, i * 1_000_003, 0, NOTHING));
            attack.frame(Attack.server(5000, 80).tcp(TcpFlags.SYN | TcpFlags.ACK, 7, i * 1_000_003 + 1, NOTHING));
            attack.frame(Attack.client(5000, 80).tcp(TcpFlags.RST, i * 1_000_003 + 1, 0, NOTHING));
        }
        assertThat(attack.statistics().flowsActive()).isEqualTo(1);
        assertThat(attack.statistics().flowsEnded(EndReason.TCP_REUSE)).isEqualTo(999);
    }

    @Test
    void fragmentsThatNeverBecomeAPacketGiveWay() {
        Attack attack = new Attack(MAX_FLOWS);
        long before = Attack.heapBytes();
        for (int i = 0; i < 50_000; i++) {
            attack.frame(fragment(i & 0xFFFF, i >> 16, 0, true, new byte[1400]));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(80 * MIB);
        assertThat(attack.statistics().undecodable(Undecodable.FRAGMENT)).isEqualTo(50_000);
        assertThat(attack.statistics().flowsCreated()).isZero();
    }

    /** Each whole packet is the only, last fragment of the next: sixteen layers are read, no more. */
    @Test
    void fragmentsInFragmentsInFragments() {
        byte[] packet = fragment(1, 0, 0, false, new byte[8]);
        for (int depth = 0; depth < 40; depth++) {
            byte[] inner = java.util.Arrays.copyOfRange(packet, 14, packet.length);
            packet = PacketBytes.from("10.0.0.1", 0).to("10.0.0.2", 0).ip(IpProtocol.IPV4, inner);
            packet[14 + 6] = (byte) 0x20; // more fragments
        }
        Attack attack = new Attack(MAX_FLOWS);
        for (int i = 0; i < 1000; i++) {
            attack.frame(packet);
        }
        assertThat(attack.statistics().flowsActive()).isLessThan(50);
    }

    private static byte[] fragment(int id, int network, int offset, boolean more, byte[] payload) {
        byte[] frame =
                PacketBytes.from("10." + network + ".0.1", 0).to("10.0.0.2", 0).ip(IpProtocol.UDP, payload);
        ByteBuffer.wrap(frame).putShort(14 + 4, (short) id).putShort(14 + 6, (short)
                (offset / 8 | (more ? 0x2000 : 0)));
        return frame;
    }

    /** Every segment leaves a hole before it and overlaps the last. */
    @Test
    void aStormOfOverlapsAndHolesHoldsWhatIsAllowed() {
        Attack attack = new Attack(MAX_FLOWS).open(5000, 80);
        long before = Attack.heapBytes();
        for (int i = 0; i < 100_000; i++) {
            int at = 1001 + 10 + (int) (i * 7919L % 400_000);
            attack.frame(Attack.client(5000, 80).tcp(TcpFlags.ACK, at, 5001, new byte[600]));
        }
        assertThat(Attack.heapBytes() - before).isLessThan(8 * MIB);
        attack.finish();
        assertThat(attack.statistics().inspector().gaps()).isPositive();
        assertThat(attack.written(EventType.ANOMALY)).isBetween(1L, 100L);
    }

    @Test
    @Tag("limit:PacketPipeline.REASSEMBLY_BYTES")
    void manyConnectionsWithHolesShareOneBudget() {
        Attack attack = new Attack(1000);
        long before = Attack.heapBytes();
        for (int i = 0; i < 800; i++) {
            attack.open(2000 + i, 80);
            for (int k = 0; k < 200; k++) {
                int at = 1101 + k * 1400;
                attack.frame(Attack.client(2000 + i, 80).tcp(TcpFlags.ACK, at, 5001, new byte[1300]));
            }
        }
        // the G1 collector gives an array of half a megabyte a region of one
        assertThat(Attack.heapBytes() - before).isLessThan(2 * 256 * MIB + 32 * MIB);
        assertThat(attack.finish().statistics().inspector().gaps()).isGreaterThan(800);
    }

    /** Each of many writes announces a megabyte that lies behind a hole, and sends a little of it. */
    @Test
    @Tag("limit:Session.HELD_BYTES")
    void manyFilesWithHolesShareOneBudget() {
        Attack attack = new Attack(1000);
        long before = Attack.heapBytes();
        for (int i = 0; i < 200; i++) {
            attack.open(2000 + i, 445).sends(2000 + i, 445, writeBehindAHole());
        }
        // the G1 collector gives an array of a megabyte two regions of one
        assertThat(Attack.heapBytes() - before).isBetween(32 * MIB, 2 * 64 * MIB + 32 * MIB);
        assertThat(attack.finish().statistics().inspector().failures()).isZero();
    }

    /** An SMB2 WRITE ([MS-SMB2], 2.2.21) at offset 5000. */
    private static byte[] writeBehindAHole() {
        int length = 1_000_000;
        ByteBuffer out = ByteBuffer.allocate(4 + 64 + 48 + 3000).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(Integer.reverseBytes(64 + 48 + length)).put(new byte[] {(byte) 0xfe, 'S', 'M', 'B'});
        out.putShort((short) 64).putShort(4 + 12, (short) 9).putInt(4 + 36, 1).putLong(4 + 40, 7);
        out.position(4 + 64);
        out.putShort((short) 49).putShort((short) (64 + 48)).putInt(length).putLong(5000);
        out.putLong(3).putLong(4);
        return out.array();
    }
}
