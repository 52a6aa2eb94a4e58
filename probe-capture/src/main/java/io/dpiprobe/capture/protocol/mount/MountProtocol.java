// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mount;

import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.oncrpc.Program;
import io.dpiprobe.capture.protocol.oncrpc.RpcDetector;
import io.dpiprobe.capture.protocol.oncrpc.RpcDissector;

/** Describes MOUNT: recognised by a call of its program, since its port is what the port mapper says. */
public final class MountProtocol {
    public static final Protocol UDP =
            Protocol.udp("mount", detector(IpProtocol.UDP), () -> dissector(IpProtocol.UDP), MountProtocol.PORT);
    public static final Protocol TCP =
            Protocol.tcp("mount", detector(IpProtocol.TCP), () -> dissector(IpProtocol.TCP), MountProtocol.PORT);

    /** Where Linux serves it. */
    private static final int PORT = 20_048;

    private MountProtocol() {}

    private static RpcDetector detector(int transport) {
        return new RpcDetector(transport, Program.MOUNT);
    }

    private static RpcDissector dissector(int transport) {
        return new RpcDissector(transport, Program.MOUNT, EventType.MOUNT, MountQuestion::new);
    }
}
