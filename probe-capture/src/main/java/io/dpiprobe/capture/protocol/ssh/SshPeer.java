// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.ssh;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.KeptBytes;
import io.dpiprobe.capture.protocol.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what one side of an SSH connection says before it encrypts (RFC 4253, 4.2, 6 and 7.1), and keeps it. */
final class SshPeer {
    /** Longest identification string (RFC 4253, 4.2). */
    @Bound(
            of = "an identification",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_IDENTIFICATION = 255;
    /** Lines that a server says before it identifies itself (RFC 4253, 4.2): a page of rules for users. */
    @Bound(of = "lines before an identification", then = "the stream is invalid", seen = "protocol_violations_total")
    static final int MAX_LINES = 64;
    /** Largest packet: implementations must take 35,000 bytes (RFC 4253, 6.1), none sends more unencrypted. */
    @Bound(
            of = "a packet before encryption",
            then = "the stream is invalid",
            seen = "protocol_violations_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_PACKET = 64 * 1024;
    /** Longest HASSH text kept: the longest seen in practice is a quarter of it. */
    @Bound(of = "the text of a fingerprint", then = "there is no fingerprint", unit = Bound.Unit.BYTES)
    static final int MAX_HASSH = 8 * 1024;

    private static final String PREFIX = "SSH-";
    private static final int KEXINIT = 20;
    private static final int NEWKEYS = 21;
    private static final int COOKIE = 16;
    private static final UnsafeBuffer SEPARATOR = new UnsafeBuffer(new byte[] {';'});

    private final Direction direction;
    private final byte[] identification = new byte[MAX_IDENTIFICATION];
    private final KeptBytes hassh = new KeptBytes(MAX_HASSH);
    private final Slice protocolVersion = new Slice();
    private final Slice softwareVersion = new Slice();
    private final Slice list = new Slice();
    private final UnsafeBuffer identificationView = new UnsafeBuffer(identification);
    private int lines;
    private boolean done;

    SshPeer(Direction direction) {
        this.direction = direction;
    }

    void reset() {
        protocolVersion.clear();
        softwareVersion.clear();
        hassh.clear();
        lines = 0;
        done = false;
    }

    /** True once the side has said which protocol version it speaks. */
    boolean isIdentified() {
        return !protocolVersion.isEmpty();
    }

    /** Bytes were lost or break the protocol, and with them the place where the next packet begins is unknown. */
    void onLost() {
        done = true;
    }

    /** True once nothing more can be read: the side encrypts what follows, or is lost. */
    boolean isDone() {
        return done;
    }

    Slice protocolVersion() {
        return protocolVersion;
    }

    Slice softwareVersion() {
        return softwareVersion;
    }

    /** The algorithm lists that HASSH is made of; empty if they have not come. */
    KeptBytes hassh() {
        return hassh;
    }

    /** Reads the next message: the identification string first, then packets. */
    Verdict read(Cursor in) {
        return isIdentified() ? readPacket(in) : readIdentification(in);
    }

    /** {@code SSH-protoversion-softwareversion SP comments CR LF}, in a server behind lines that begin with something else. */
    private Verdict readIdentification(Cursor in) {
        int length = in.indexOf((byte) '\n', MAX_IDENTIFICATION);
        if (length < 0) {
            in.require(in.remaining() < MAX_IDENTIFICATION);
            in.needMore();
            return in.verdict();
        }
        in.buffer().getBytes(in.position(), identification, 0, length);
        in.skip(length + 1);
        int end = length > 0 && identification[length - 1] == '\r' ? length - 1 : length;
        if (!beginsWith(PREFIX, end)) {
            in.require(direction == Direction.TO_CLIENT && ++lines <= MAX_LINES);
            return in.verdict();
        }
        int dash = indexOf('-', PREFIX.length(), end);
        in.require(dash > PREFIX.length());
        if (in.verdict() == Verdict.OK) {
            int space = indexOf(' ', dash + 1, end);
            protocolVersion.wrap(identificationView, PREFIX.length(), dash - PREFIX.length());
            softwareVersion.wrap(identificationView, dash + 1, (space < 0 ? end : space) - dash - 1);
            done = hasOtherPackets();
        }
        return in.verdict();
    }

    /** True for SSH 1, but not for "1.99", which speaks both (RFC 4253, 5.1). */
    private boolean hasOtherPackets() {
        return protocolVersion.startsWithIgnoreCase("1.") && !protocolVersion.startsWithIgnoreCase("1.99");
    }

    private Verdict readPacket(Cursor in) {
        long length = in.u32();
        in.require(length >= 2 && length <= MAX_PACKET);
        int packet = in.enter((int) length);
        in.skip(1); // padding_length
        int message = in.u8();
        if (message == KEXINIT && hassh.isEmpty()) {
            readAlgorithms(in);
        }
        in.leave(packet);
        if (in.verdict() == Verdict.OK && message == NEWKEYS) {
            done = true;
        }
        return in.verdict();
    }

    /** RFC 4253, 7.1: ten name-lists, of which HASSH takes four: those for what this side sends. */
    private void readAlgorithms(Cursor in) {
        in.skip(COOKIE);
        boolean client = direction == Direction.TO_SERVER;
        append(in, true); // kex_algorithms
        append(in, false); // server_host_key_algorithms
        append(in, client); // encryption_algorithms_client_to_server
        append(in, !client); // encryption_algorithms_server_to_client
        append(in, client); // mac_algorithms_client_to_server
        append(in, !client); // mac_algorithms_server_to_client
        append(in, client); // compression_algorithms_client_to_server
        append(in, !client); // compression_algorithms_server_to_client
        if (in.failed()) {
            hassh.clear();
        }
    }

    private void append(Cursor in, boolean wanted) {
        long length = in.u32();
        in.require(length <= MAX_PACKET);
        in.slice((int) length, list);
        if (!wanted || in.failed()) {
            return;
        }
        boolean separated = hassh.isEmpty() || hassh.add(SEPARATOR, 0, 1);
        in.require(separated && hassh.add(list.buffer(), list.offset(), list.length()));
    }

    private boolean beginsWith(String prefix, int end) {
        for (int i = 0; i < prefix.length(); i++) {
            if (i >= end || identification[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int indexOf(char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (identification[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
