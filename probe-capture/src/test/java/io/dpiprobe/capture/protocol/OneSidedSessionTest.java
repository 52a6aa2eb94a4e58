// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.dpiprobe.capture.packet.IpProtocol;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Requests for ever that nobody answers: what waits is bounded, what makes room is an event, and nothing is allocated. */
class OneSidedSessionTest {
    private static final int WARM_UP = 5000;
    private static final int REQUESTS = 5000;
    /** Requests that may wait: the largest of the dissectors' limits. */
    private static final int MAX_WAITING = 1024;
    /** Bytes a request may cost: the view that the test wraps around its packet takes half of it. */
    private static final int BYTES_PER_REQUEST = 128;

    @Test
    void smb1() {
        assertBounded(
                IpProtocol.TCP,
                445,
                i -> hex("00000023 ff534d42 70 00000000 18 01c8" + "00".repeat(12)
                        + "0100 0000 0100 %04x 00 0000".formatted(i & 0xffff)));
    }

    @Test
    void smb2Logins() {
        String token = "4e544c4d53535000 03000000" + "00".repeat(60);
        assertBounded(
                IpProtocol.TCP,
                445,
                i -> hex("000000a0 fe534d42 4000 0000 00000000 0100 0100 00000000 00000000"
                        + "%08x00000000 00000000 00000000 0000000000000000".formatted(Integer.reverseBytes(i))
                        + "00".repeat(16)
                        + "1900 00 01 00000000 00000000 5800 4800 0000000000000000" + token));
    }

    @Test
    void dcerpcOverTcp() {
        assertBounded(
                IpProtocol.TCP,
                135,
                i -> hex("05000003 10000000 1c00 0000 %08x".formatted(i) + "04000000 0000 0f00 01020304"));
    }

    @Test
    void dcerpcOverUdp() {
        assertBounded(
                IpProtocol.UDP,
                135,
                i -> hex("04 00 2000 100000 00" + "00".repeat(16)
                        + "8206f71f510ae830076d740be8cee98b 11111111222233334444555555555555 00000000 01000000"
                        + "%08x 0200 ffff ffff 0400 0000 00 00 01020304".formatted(i)));
    }

    @Test
    void kerberos() {
        assertBounded(
                IpProtocol.UDP,
                88,
                i -> hex("6a2f302d a103020105 a20302010a a421301f a00703050040810010"
                        + "a2071b05 434f5250%02x a50b 1809 323033373031303130".formatted(65 + i % 26)));
    }

    @Test
    void ldap() {
        assertBounded(
                IpProtocol.TCP,
                389,
                i -> hex("30280204%08x".formatted(i)
                        + "632004000a01020a0100020100020100010100870b6f626a656374436c6173733000"));
    }

    @Test
    void nfsCallsAreToldOnlyWhenAnswered() {
        long events = eventsOf(
                IpProtocol.UDP,
                2049,
                i -> hex("%08x 00000000 00000002 000186a3".formatted(i)
                        + "00000003 00000003 00000000 00000000 00000000 00000000 00000004 01020304 00000001 61000000"));
        assertThat(events).isZero();
    }

    @Test
    void nameService() {
        assertBounded(
                IpProtocol.UDP,
                137,
                i -> hex("%04x 0110 0001 0000 0000 0000".formatted(i & 0xffff) + "20" + "4547".repeat(16)
                        + "00 0020 0001"));
    }

    @Test
    void winRmBodies() {
        byte[] body =
                ("POST /wsman HTTP/1.1\r\nHost: h\r\nAuthorization: NTLM TlRMTVNTUAAD\r\nContent-Length: 9000\r\n\r\n"
                                + "<Command>" + "x".repeat(8991))
                        .getBytes(StandardCharsets.US_ASCII);
        OneSidedSession session = new OneSidedSession(IpProtocol.TCP, 5985);
        long before = heapBytes();
        for (int i = 0; i < REQUESTS; i++) {
            session.send(session.packet(body));
        }
        assertThat(heapBytes() - before).isLessThan(4L * 1024 * 1024);
        assertThat(session.failures()).isZero();
    }

    /** Each request is an event, or still waits. */
    private static void assertBounded(int transport, int port, IntFunction<byte[]> request) {
        assertThat(eventsOf(transport, port, request)).isGreaterThan(WARM_UP + REQUESTS - MAX_WAITING);
    }

    private static long eventsOf(int transport, int port, IntFunction<byte[]> request) {
        OneSidedSession session = new OneSidedSession(transport, port);
        for (int i = 0; i < WARM_UP; i++) {
            session.send(session.packet(request.apply(i)));
        }
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            packets.add(session.packet(request.apply(WARM_UP + i)));
        }
        long before = allocatedBytes();
        packets.forEach(session::send);
        assertThat(allocatedBytes() - before).as("allocated").isLessThan((long) BYTES_PER_REQUEST * REQUESTS);
        assertThat(session.failures()).isZero();
        return session.events();
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
