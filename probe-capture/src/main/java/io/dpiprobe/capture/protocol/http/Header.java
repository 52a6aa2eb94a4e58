// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http;

import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.dns.DnsOverHttp;
import io.dpiprobe.capture.protocol.ntlm.TokenText;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes a header line apart and keeps of it what the event or the framing needs. */
final class Header {
    /** Longest name that is of interest. */
    private static final int MAX_NAME_BYTES = 32;

    private final Slice name = new Slice();
    private final Slice value = new Slice();
    private final byte[] lastName = new byte[MAX_NAME_BYTES];
    private final UnsafeBuffer lastNameView = new UnsafeBuffer(lastName);
    private final Irregularities irregularities;
    private int lastNameLength;
    private boolean continued;
    private boolean colonSeen;

    Header(Irregularities irregularities) {
        this.irregularities = irregularities;
    }

    /** A new message begins: there is no line to continue. */
    void begin() {
        colonSeen = false;
        lastNameLength = 0;
    }

    /** A line of a request. */
    void ofRequest(Slice line, Transaction transaction, Framing framing) {
        split(line);
        switch (name.length()) {
            case 4 -> keep("host", HttpField.HOST, transaction);
            case 6 -> {
                if (name.equalsIgnoreCase("accept")) {
                    transaction.asksForDns = DnsOverHttp.isMediaType(value);
                }
            }
            case 7 -> {
                keep("referer", HttpField.REFERER, transaction);
                keep("upgrade", HttpField.UPGRADE, transaction);
            }
            case 10 -> keep("user-agent", HttpField.USER_AGENT, transaction);
            case 12 -> keep("content-type", HttpField.REQUEST_CONTENT_TYPE, transaction);
            case 13 -> keepToken("authorization", HttpField.AUTHORIZATION, transaction);
            case 14 -> keep("http2-settings", HttpField.HTTP2_SETTINGS, transaction);
            case 16 -> keep("content-encoding", HttpField.REQUEST_ENCODING, transaction);
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
            case 16 -> {
                keep("content-encoding", HttpField.CONTENT_ENCODING, transaction);
                keepToken("www-authenticate", HttpField.AUTHENTICATE, transaction);
            }
            case 19 -> keep("content-disposition", HttpField.CONTENT_DISPOSITION, transaction);
            default -> {}
        }
        frame(framing);
    }

    /**
     * A line that begins with a blank continues the line before (RFC 9112, 5.2), even if that ended inside the name. Zero
     * bytes in a name do not count: there are readers that do not see them.
     */
    private void split(Slice line) {
        boolean blank = HttpText.isBlank(line.u8(0)) || line.u8(0) == 0;
        continued = blank && lastNameLength > 0 && !(colonSeen && isNamed(line));
        if (continued) {
            irregularities.note(Irregularity.FOLDED_LINE);
            name.wrap(lastNameView, 0, lastNameLength);
            HttpText.trim(value.wrap(line.buffer(), line.offset(), line.length()));
            if (!colonSeen && !value.isEmpty() && value.u8(0) == ':') {
                value.advance(1);
                HttpText.trim(value);
                colonSeen = true;
                continued = false;
            }
            return;
        }
        int colon = HttpText.indexOf(line, ':');
        colonSeen = colon >= 0;
        int nameLength = colonSeen ? colon : line.length();
        if (!colonSeen) {
            irregularities.note(Irregularity.COLON_MISSING);
        } else if (colon > 0 && HttpText.isBlank(line.u8(colon - 1))) {
            irregularities.note(Irregularity.BLANK_BEFORE_COLON);
        }
        HttpText.trim(name.wrap(line.buffer(), line.offset(), nameLength));
        int valueAt = Math.min(line.length(), nameLength + 1);
        HttpText.trim(value.wrap(line.buffer(), line.offset() + valueAt, line.length() - valueAt));
        keepName();
    }

    /** True if a line has a name of its own in spite of the blank before it: there are readers that take it so. */
    private static boolean isNamed(Slice line) {
        int at = 0;
        while (at < line.length() && HttpText.isBlank(line.u8(at))) {
            at++;
        }
        int nameAt = at;
        while (at < line.length() && (Character.isLetterOrDigit(line.u8(at)) || line.u8(at) == '-')) {
            at++;
        }
        return at > nameAt && at < line.length() && line.u8(at) == ':';
    }

    private void keepName() {
        lastNameLength = 0;
        for (int i = 0; i < name.length() && lastNameLength < MAX_NAME_BYTES; i++) {
            if (name.u8(i) != 0) {
                lastName[lastNameLength++] = (byte) name.u8(i);
            }
        }
        name.wrap(lastNameView, 0, name.length() > MAX_NAME_BYTES ? 0 : lastNameLength);
    }

    private void keep(String wanted, HttpField field, Transaction transaction) {
        if (colonSeen && name.equalsIgnoreCase(wanted)) {
            if (continued) {
                transaction.fields.append(field, value);
            } else {
                transaction.fields.put(field, value);
            }
        }
    }

    /** The first of several schemes that has a token, on one line. */
    private void keepToken(String wanted, HttpField field, Transaction transaction) {
        boolean first = colonSeen && !continued && !transaction.fields.has(field);
        if (first && name.equalsIgnoreCase(wanted) && TokenText.isToken(value)) {
            transaction.fields.put(field, value);
        }
    }

    private void frame(Framing framing) {
        if (!colonSeen) {
            return;
        }
        if (name.length() == 14 && name.equalsIgnoreCase("content-length")) {
            framing.contentLength(value);
        } else if (name.length() == 17 && name.equalsIgnoreCase("transfer-encoding")) {
            framing.transferEncoding(value);
        }
    }
}
