// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/** Receives packets from a source, on the thread that polls it. */
@FunctionalInterface
public interface PacketHandler {
    /** Called once per packet; the packet is valid only until this returns. */
    void onPacket(RawPacket packet);
}
