// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.InflaterPool;
import io.dpiprobe.capture.protocol.Session;

/** Undoes the content codings of a body, as far as they are known (RFC 9110, 8.4). */
public final class ContentDecoder {
    private final InflatedLayer[] layers = {new InflatedLayer(0), new InflatedLayer(1)};
    private final Slice word = new Slice();
    private final Slice list = new Slice();
    private ContentConsumer consumer = (content, session) -> {};
    private int count;

    /**
     * Begins with a body.
     *
     * @param codings the value of Content-Encoding, in the order in which they were applied; may be empty
     */
    public void begin(Slice codings, ContentConsumer consumer, Session session) {
        this.consumer = consumer;
        count = 0;
        int known = Math.min(InflaterPool.MAX_LAYERS, countKnown(codings));
        for (int i = 0; i < known; i++) {
            layers[i].begin(i == 0 ? consumer : layers[i - 1], session);
            count++;
        }
    }

    public void onContent(Slice content, Session session) {
        if (count == 0) {
            consumer.onDecoded(content, session);
        } else {
            layers[count - 1].onDecoded(content, session);
        }
    }

    /** True if not all of the body was decompressed. */
    public boolean isCutShort() {
        boolean cut = false;
        for (int i = 0; i < count; i++) {
            cut |= layers[i].isOverBudget();
        }
        return cut;
    }

    public void end(Session session) {
        for (int i = 0; i < count; i++) {
            layers[i].end(session);
        }
        count = 0;
    }

    /** None if one of them is unknown: the body is then taken as it is. */
    private int countKnown(Slice codings) {
        int known = 0;
        list.wrap(codings.buffer(), codings.offset(), codings.length());
        while (!list.isEmpty()) {
            int comma = HttpText.indexOf(list, ',');
            int length = comma < 0 ? list.length() : comma;
            word.wrap(list.buffer(), list.offset(), length);
            list.advance(comma < 0 ? length : length + 1);
            if (HttpText.contains(word, "gzip") || HttpText.contains(word, "deflate")) {
                known++;
            } else if (!HttpText.trim(word).isEmpty() && !HttpText.contains(word, "identity")) {
                return 0;
            }
        }
        return known;
    }
}
