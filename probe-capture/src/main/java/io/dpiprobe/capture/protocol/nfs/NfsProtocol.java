// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.nfs;

import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcDetector;

/** Describes NFS: recognised on any port by a call of its program. */
public final class NfsProtocol {
    static final String NAME = "nfs";
    static final int PORT = 2049;

    public static final Protocol UDP =
            Protocol.udp(NAME, detector(IpProtocol.UDP), () -> new NfsDissector(IpProtocol.UDP), PORT);
    public static final Protocol TCP =
            Protocol.tcp(NAME, detector(IpProtocol.TCP), () -> new NfsDissector(IpProtocol.TCP), PORT);

    private NfsProtocol() {}

    private static RpcDetector detector(int transport) {
        return new RpcDetector(transport, Program.NFS, Program.NFS_ACL);
    }
}
