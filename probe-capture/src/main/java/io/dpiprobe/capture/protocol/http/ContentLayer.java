// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.protocol.Session;

/** Undoes one content coding of a body: takes its bytes in, and gives what they stand for to the next. */
interface ContentLayer extends ContentConsumer {
    /** A body begins. */
    void begin(ContentConsumer next, Session session);

    /** All of the body was taken in. */
    void finish(Session session);

    /** Bytes of the body are missing here. */
    void onLost(Session session);

    /** True if not all of what was taken in could be undone. */
    boolean isCutShort();

    /** Gives back what was borrowed. */
    void end(Session session);
}
