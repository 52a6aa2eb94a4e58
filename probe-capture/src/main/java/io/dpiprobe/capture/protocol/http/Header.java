// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes a header line apart and keeps of it what the event or the framing needs. */
final class Header {
    /** Longest name that is of interest. */
    private static final int MAX_NAME_BYTES = 32;

    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final byte[] lastName = new byte[MAX_NAME_BYTES];
    private final UnsafeBuffer lastNameView = new UnsafeBuffer(lastName);
    private int lastNameLength;
    private boolean continued;

    /** A new message begins: there is no line to continue. */
    void begin() {
        lastNameLength = 0;
    }

    /** A line of a request. */
    void ofRequest(Slice line, Transaction transaction, Framing framing) {
        split(line);
        switch (name.length()) {
            case 4 -> keep("host", HttpField.HOST, transaction);
            case 7 -> {
                keep("referer", HttpField.REFERER, transaction);
                keep("upgrade", HttpField.UPGRADE, transaction);
            }
            case 10 -> keep("user-agent", HttpField.USER_AGENT, transaction);
            case 12 -> keep("content-type", HttpField.REQUEST_CONTENT_TYPE, transaction);
            case 19 -> keep("content-disposition", HttpField.REQUEST_DISPOSITION, transaction);
            default -> {}
        }
        frame(framing);
    }

    /** A line of a response. */
    void ofResponse(Slice line, Transaction transaction, Framing framing) {
        split(line);
        switch (name.length()) {
            case 7 -> keep("upgrade", HttpField.UPGRADE, transaction);
            case 8 -> keep("location", HttpField.LOCATION, transaction);
            case 12 -> keep("content-type", HttpField.CONTENT_TYPE, transaction);
            case 13 -> keep("content-range", HttpField.CONTENT_RANGE, transaction);
            case 16 -> keep("content-encoding", HttpField.CONTENT_ENCODING, transaction);
            case 19 -> keep("content-disposition", HttpField.CONTENT_DISPOSITION, transaction);
            default -> {}
        }
        frame(framing);
    }

    /** A line that begins with a blank continues the value of the line before (RFC 9112, 5.2). */
    private void split(Slice line) {
        continued = HttpText.isBlank(line.u8(0));
        if (continued) {
            name.wrap(lastNameView, 0, lastNameLength);
            HttpText.trim(value.wrap(line.buffer(), line.offset(), line.length()));
            return;
        }
        int colon = HttpText.indexOf(line, ':');
        int nameLength = Math.max(0, colon);
        HttpText.trim(name.wrap(line.buffer(), line.offset(), nameLength));
        HttpText.trim(value.wrap(line.buffer(), line.offset() + colon + 1, line.length() - colon - 1));
        lastNameLength = name.length() <= MAX_NAME_BYTES ? name.length() : 0;
        name.buffer().getBytes(name.offset(), lastName, 0, lastNameLength);
    }

    private void keep(String wanted, HttpField field, Transaction transaction) {
        if (name.equalsIgnoreCase(wanted)) {
            if (continued) {
                transaction.fields.append(field, value);
            } else {
                transaction.fields.put(field, value);
            }
        }
    }

    private void frame(Framing framing) {
        if (name.length() == 14 && name.equalsIgnoreCase("content-length")) {
            framing.contentLength(value);
        } else if (name.length() == 17 && name.equalsIgnoreCase("transfer-encoding")) {
            framing.transferEncoding(value);
        }
    }
}
