// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Receives content as its reader gets to see it. */
public interface ContentConsumer {
    void onDecoded(Slice content, Session session);
}
