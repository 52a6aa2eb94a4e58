// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.InflaterPool;
import io.dpiprobe.capture.protocol.Session;

/** Undoes the content codings of a body, as far as they are known (RFC 9110, 8.4). */
public final class ContentDecoder {
    private final InflatedLayer[] inflated = {new InflatedLayer(0), new InflatedLayer(1)};
    private final ContentLayer[] layers = {inflated[0], inflated[1]};
    private final Coding[] codings = {Coding.DEFLATE, Coding.DEFLATE};
    private final Slice word = new Slice();
    private final Slice list = new Slice();
    private ContentConsumer consumer = (content, session) -> {};
    private int count;
    private boolean refused;

    private enum Coding {
        /** Also gzip: which of the two, the bytes say. */
        DEFLATE,
        BROTLI,
        LZMA,
        NONE,
        UNKNOWN
    }

    /**
     * Begins with a body.
     *
     * @param names the value of Content-Encoding, in the order in which they were applied; may be empty
     */
    public void begin(Slice names, ContentConsumer consumer, Session session) {
        this.consumer = consumer;
        count = 0;
        refused = false;
        int known = readCodings(names);
        while (count < known && !refused) {
            ContentConsumer next = count == 0 ? consumer : layers[count - 1];
            ContentLayer layer = layer(count, session);
            layer.begin(next, session);
            layers[count] = layer;
            count++;
        }
        if (refused) {
            end(session);
        }
    }

    public void onContent(Slice content, Session session) {
        if (count == 0) {
            consumer.onDecoded(content, session);
        } else {
            layers[count - 1].onDecoded(content, session);
        }
    }

    /** Bytes of the body are missing here. */
    public void onLost(Session session) {
        for (int i = count - 1; i >= 0; i--) {
            layers[i].onLost(session);
        }
    }

    /** All of the body was given: what was kept back of it is decoded. */
    public void finish(Session session) {
        for (int i = count - 1; i >= 0; i--) {
            layers[i].finish(session);
        }
    }

    /** True if not all of the body was decompressed. */
    public boolean isCutShort() {
        boolean cut = refused;
        for (int i = 0; i < count; i++) {
            cut |= layers[i].isCutShort();
        }
        return cut;
    }

    public void end(Session session) {
        for (int i = 0; i < count; i++) {
            layers[i].end(session);
            layers[i] = inflated[i];
        }
        count = 0;
    }

    private ContentLayer layer(int at, Session session) {
        if (codings[at] != Coding.DEFLATE) {
            WholeBodyLayer borrowed =
                    session.shared(WholeBodyPool.class, WholeBodyPool::new).borrow();
            if (borrowed != null) {
                borrowed.at(at, codings[at] == Coding.BROTLI ? WholeCoding.BROTLI : WholeCoding.LZMA);
                return borrowed;
            }
            refused = true;
        }
        return inflated[at];
    }

    /** How many are to be undone, the last ones; none if one of them is unknown: the body is then taken as it is. */
    private int readCodings(Slice names) {
        int known = 0;
        list.wrap(names.buffer(), names.offset(), names.length());
        while (!list.isEmpty()) {
            int comma = HttpText.indexOf(list, ',');
            int length = comma < 0 ? list.length() : comma;
            word.wrap(list.buffer(), list.offset(), length);
            list.advance(comma < 0 ? length : length + 1);
            Coding coding = coding(HttpText.trim(word));
            if (coding == Coding.UNKNOWN) {
                return 0;
            }
            if (coding != Coding.NONE) {
                add(coding, known);
                known++;
            }
        }
        return Math.min(known, InflaterPool.MAX_LAYERS);
    }

    private void add(Coding coding, int known) {
        if (known >= InflaterPool.MAX_LAYERS) {
            codings[0] = codings[1];
        }
        codings[Math.min(known, InflaterPool.MAX_LAYERS - 1)] = coding;
    }

    private static Coding coding(Slice word) {
        if (HttpText.contains(word, "gzip") || HttpText.contains(word, "deflate")) {
            return Coding.DEFLATE;
        }
        if (word.equalsIgnoreCase("br")) {
            return Coding.BROTLI;
        }
        if (word.equalsIgnoreCase("lzma")) {
            return Coding.LZMA;
        }
        return word.isEmpty() || HttpText.contains(word, "identity") ? Coding.NONE : Coding.UNKNOWN;
    }
}
