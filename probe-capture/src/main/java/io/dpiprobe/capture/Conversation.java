// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.protocol.Inspection;
import io.dpiprobe.capture.stream.TcpSession;
import org.jspecify.annotations.Nullable;

/** Adds to a flow what the layers above remember of it. */
final class Conversation extends Flow {
    final Inspection inspection = new Inspection();

    @Nullable
    TcpSession tcp;

    /** Packet time from which an interim record is due, nanoseconds since the epoch. */
    long updateDueNs;

    @Nullable
    FlowUpdate update;
}
