// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mime;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.mime.TransferDecoder.Encoding;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps what the header of a part says of its content (RFC 2045, 5 and 6; RFC 2183). */
final class PartHeader {
    private final Parameters parameters = new Parameters(4 * MimeReader.MAX_NAME_BYTES);
    private final EncodedWords words = new EncodedWords(4 * MimeReader.MAX_NAME_BYTES);
    private final ByteStore fileName = new ByteStore(1, MimeReader.MAX_NAME_BYTES);
    private final ByteStore boundary = new ByteStore(1, Boundaries.MAX_LENGTH);
    private final Slice nameText = new Slice();
    private final Slice boundaryText = new Slice();
    private Encoding encoding = Encoding.IDENTITY;
    private Kind kind = Kind.TEXT;
    private boolean nameCut;
    private boolean boundaryCut;

    private enum Kind {
        TEXT,
        MULTIPART,
        MESSAGE,
        OTHER
    }

    void clear() {
        fileName.clear();
        boundary.clear();
        encoding = Encoding.IDENTITY;
        nameCut = false;
        boundaryCut = false;
        kind = Kind.TEXT; // RFC 2045, 5.2
    }

    void onField(Slice name, Slice value) {
        if (name.equalsIgnoreCase("Content-Type")) {
            onType(value);
        } else if (name.equalsIgnoreCase("Content-Disposition")) {
            onName(parameters.find(value, "filename"));
        } else if (name.equalsIgnoreCase("Content-Transfer-Encoding")) {
            encoding = Encoding.of(value);
        }
    }

    boolean isMultipart() {
        return kind == Kind.MULTIPART;
    }

    /** The part is a message, which is never encoded (RFC 2046, 5.2.1). */
    boolean isMessage() {
        return kind == Kind.MESSAGE;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    Encoding encoding() {
        return encoding;
    }

    /** Empty if the part has no name. */
    Slice fileName() {
        return get(fileName, nameText);
    }

    Slice boundary() {
        return get(boundary, boundaryText);
    }

    /** True if the name is longer than what is kept. */
    boolean isNameCut() {
        return nameCut;
    }

    /** True if the boundary is longer than what is kept. */
    boolean isBoundaryCut() {
        return boundaryCut;
    }

    private void onType(Slice value) {
        kind = value.startsWithIgnoreCase("multipart/")
                ? Kind.MULTIPART
                : value.startsWithIgnoreCase("message/rfc822")
                        ? Kind.MESSAGE
                        : value.startsWithIgnoreCase("text/") ? Kind.TEXT : Kind.OTHER;
        if (kind == Kind.MULTIPART) {
            boundary.clear();
            boundaryCut = !boundary.add(parameters.find(value, "boundary"));
        } else if (fileName.isEmpty()) {
            onName(parameters.find(value, "name"));
        }
    }

    private void onName(Slice name) {
        if (!name.isEmpty()) {
            fileName.clear();
            nameCut = !fileName.add(words.decode(name));
        }
    }

    private static Slice get(ByteStore store, Slice into) {
        if (store.isEmpty()) {
            into.clear();
            return into;
        }
        return store.get(0, into);
    }
}
