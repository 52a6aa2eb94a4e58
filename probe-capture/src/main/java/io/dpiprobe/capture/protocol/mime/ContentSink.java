// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.capture.packet.Slice;

/** Receives the decoded content of a body. */
@FunctionalInterface
interface ContentSink {
    /** The next bytes, valid until this returns. */
    void onContent(Slice content);
}
