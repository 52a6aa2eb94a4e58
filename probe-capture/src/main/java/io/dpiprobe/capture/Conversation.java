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

    /** Made when the first interim record is due. */
    @Nullable
    FlowUpdate update;

    /** When the last interim record was written, or the flow began, nanoseconds since the epoch. */
    long toldNs() {
        return update == null ? startNs() : update.toldNs();
    }
}
