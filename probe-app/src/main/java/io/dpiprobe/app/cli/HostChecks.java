// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.CaptureConfig;
import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.probe.CaptureInput;
import io.dpiprobe.app.probe.Sources;
import io.dpiprobe.buffer.BufferConfig;
import io.dpiprobe.capture.source.PacketSource;
import io.dpiprobe.transport.TransportConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Tries out what the probe needs of the host it runs on. */
final class HostChecks {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    /** No clock is right that shows a time before this program was made. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private final Configuration config;
    private final List<Finding> findings = new ArrayList<>();

    HostChecks(Configuration config) {
        this.config = config;
    }

    List<Finding> run() {
        checkCapture(config.capture());
        checkDisk(config.buffer("00000000", config.capture().workers() + 1));
        config.transport().urls().forEach(url -> checkCore(url, config.transport()));
        checkClock(Instant.now());
        return findings;
    }

    /** Opens the first input as `run` would, and closes it again. */
    private void checkCapture(CaptureConfig capture) {
        try (PacketSource source = CaptureInput.of(capture).get(0).opener().open()) {
            assert !source.isExhausted();
            findings.add(Finding.ok("capture: " + Sources.describe(capture) + " can be opened"));
        } catch (IOException e) {
            findings.add(Finding.error("capture: " + FailureReport.messageOf(e)));
        }
    }

    private void checkDisk(BufferConfig buffer) {
        Path dir = buffer.dir().toAbsolutePath();
        Path existing = dir;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add(Finding.error("disk: cannot write to " + existing + "; set BUFFER_DIR to a directory of this"
                    + " user, or change the owner"));
            return;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String room =
                    "%s has %d MiB free, MAX_DISK_BUFFER_MB is %d".formatted(dir, free >> 20, buffer.diskBytes() >> 20);
            findings.add(
                    free >= buffer.diskBytes()
                            ? Finding.ok("disk: " + room)
                            : Finding.warning("disk: " + room + "; free some space or lower MAX_DISK_BUFFER_MB"));
        } catch (IOException e) {
            findings.add(Finding.error("disk: " + FailureReport.messageOf(e)));
        }
    }

    private void checkCore(URI url, TransportConfig transport) {
        boolean tls = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        int timeoutMs = (int) transport.connectTimeout().toMillis();
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(url.getHost());
            socket.connect(new InetSocketAddress(address, port), timeoutMs);
            boolean ownTrust = transport.security().authorities() != null
                    || transport.security().certificate() != null;
            if (tls && !ownTrust) {
                handshake(socket, url.getHost(), port, timeoutMs);
            }
            String depth =
                    tls && ownTrust ? " by TCP; TLS with own certificates is tried by run" : tls ? " by TLS" : "";
            findings.add(Finding.ok("core: " + url + " is reachable" + depth));
        } catch (UnknownHostException e) {
            findings.add(Finding.error("core: the name " + url.getHost() + " is unknown; check CORE_API_URL and DNS"));
        } catch (SSLException e) {
            findings.add(Finding.error("core: " + url + " fails at TLS (" + e.getMessage() + "); check CA_CERT_PATH"));
        } catch (IOException e) {
            findings.add(Finding.warning(
                    "core: " + url + " cannot be reached (" + e.getMessage() + "); events will wait in the buffer"));
        }
    }

    private static void handshake(Socket socket, String host, int port, int timeoutMs) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, port, true)) {
            tls.setSoTimeout(timeoutMs);
            tls.startHandshake();
        }
    }

    private void checkClock(Instant now) {
        findings.add(
                now.isAfter(EARLIEST)
                        ? Finding.ok("clock: " + now)
                        : Finding.error("clock: it shows " + now + "; set it, and keep it right with NTP"));
    }
}
