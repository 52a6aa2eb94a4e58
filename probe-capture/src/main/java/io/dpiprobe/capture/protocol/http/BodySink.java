// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Session;

/** Receives the body of a message as it comes. */
interface BodySink {
    /** Content, as it is once the framing of chunks is taken off. */
    void onContent(Slice content, Session session);

    /** So many bytes of framing. */
    void onFraming(int bytes);

    /** The framing says what readers understand differently. */
    void onIrregular(Irregularity irregularity);

    /** So many bytes of content were lost. */
    void onLost(long bytes, Session session);
}
