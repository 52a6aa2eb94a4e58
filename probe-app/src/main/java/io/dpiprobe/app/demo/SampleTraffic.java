// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes the sample capture: a few seconds of an office, with DNS, TLS and HTTP. */
public final class SampleTraffic {
    private static final long MS = 1_000_000;
    private static final int FIRST_CLIENT_PORT = 40_000;
    private static final int PORTS_PER_ROUND = 8;
    private static final int ROUNDS_BEFORE_PORTS_REPEAT = 2500;

    private static final Endpoint CLIENT = Endpoint.of("192.0.2.10", 0);
    private static final Endpoint RESOLVER = Endpoint.of("192.0.2.53", 53);
    private static final Endpoint WEB = Endpoint.of("198.51.100.80", 80);
    private static final Endpoint SHOP = Endpoint.of("198.51.100.44", 443);

    private final TlsHandshake tls;

    private SampleTraffic(TlsHandshake tls) {
        this.tls = tls;
    }

    public static SampleTraffic create() throws IOException {
        return new SampleTraffic(TlsHandshake.forHost("shop.example"));
    }

    /** The frames of one round in the order of time, from other client ports than the rounds before. */
    List<Frame> round(int number) throws IOException {
        List<Frame> frames = new ArrayList<>();
        int port = FIRST_CLIENT_PORT + number % ROUNDS_BEFORE_PORTS_REPEAT * PORTS_PER_ROUND;
        lookUp(frames, port, "www.example", WEB);
        browse(frames, port + 1);
        lookUp(frames, port + 2, "shop.example", SHOP);
        handshake(frames, port + 3, "TLSv1.3", 500 * MS);
        handshake(frames, port + 4, "TLSv1.2", 900 * MS);
        lookUpInVain(frames, port + 5);
        frames.sort(Comparator.comparingLong(Frame::offsetNs));
        return frames;
    }

    private static void lookUp(List<Frame> frames, int port, String name, Endpoint host) {
        Endpoint client = CLIENT.withPort(port);
        long beginNs = host.port() == WEB.port() ? 0 : 400 * MS;
        frames.add(new Frame(beginNs, FrameMaker.udp(client, RESOLVER, DnsMessages.query(port, name))));
        byte[] answer = DnsMessages.answer(port, name, host);
        frames.add(new Frame(beginNs + 8 * MS, FrameMaker.udp(RESOLVER, client, answer)));
    }

    private static void lookUpInVain(List<Frame> frames, int port) {
        Endpoint client = CLIENT.withPort(port);
        String name = "no-such-host.example";
        frames.add(new Frame(1300 * MS, FrameMaker.udp(client, RESOLVER, DnsMessages.query(port, name))));
        frames.add(new Frame(1310 * MS, FrameMaker.udp(RESOLVER, client, DnsMessages.noSuchName(port, name))));
    }

    private static void browse(List<Frame> frames, int port) {
        TcpConversation tcp = new TcpConversation(frames, CLIENT.withPort(port), WEB, 50 * MS);
        tcp.client(ascii("GET /index.html HTTP/1.1\r\nHost: www.example\r\nUser-Agent: demo/1.0\r\n\r\n"));
        String page = "<html><title>Hello</title></html>";
        tcp.server(ascii("HTTP/1.1 200 OK\r\nServer: sample\r\nContent-Type: text/html\r\nContent-Length: "
                + page.length() + "\r\n\r\n" + page));
        tcp.client(ascii("POST /login HTTP/1.1\r\nHost: www.example\r\nUser-Agent: demo/1.0\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nname=demo"));
        tcp.server(ascii("HTTP/1.1 302 Found\r\nServer: sample\r\nLocation: /home\r\nContent-Length: 0\r\n\r\n"));
        tcp.close();
    }

    private void handshake(List<Frame> frames, int port, String version, long beginNs) throws IOException {
        TcpConversation tcp = new TcpConversation(frames, CLIENT.withPort(port), SHOP, beginNs);
        tls.play(tcp, version);
        tcp.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
