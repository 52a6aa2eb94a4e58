// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smtp;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.mime.MailMessage;
import io.dpiprobe.capture.protocol.text.ByteStore;

/** Keeps one mail transaction (RFC 5321, 3.3): the envelope, and what was seen of the message. */
final class SmtpTransaction {
    /** Longest path kept, with its brackets (RFC 5321, 4.5.3.1.3). */
    @Bound(of = "an address of the envelope", then = "it is cut", unit = Bound.Unit.BYTES)
    static final int MAX_PATH_BYTES = 256;
    /** Recipients kept: servers need take no more than 100 at once (RFC 5321, 4.5.3.1.8). */
    @Bound(of = "recipients of a mail", then = "further ones are left out")
    static final int MAX_RECIPIENTS = 100;

    @Bound(of = "recipients of a mail together", then = "further ones are left out", unit = Bound.Unit.BYTES)
    private static final int MAX_RECIPIENT_BYTES = 16 * 1024;

    final ByteStore helo = new ByteStore(1, MAX_PATH_BYTES);
    final ByteStore mailFrom = new ByteStore(1, MAX_PATH_BYTES);
    final ByteStore rcptTo = new ByteStore(MAX_RECIPIENTS, MAX_RECIPIENT_BYTES);
    final MailMessage message = new MailMessage();
    long number;
    private boolean dataAsked;

    SmtpTransaction clear(long number) {
        this.number = number;
        helo.clear();
        mailFrom.clear();
        rcptTo.clear();
        message.clear();
        dataAsked = false;
        return this;
    }

    void helo(Slice domain) {
        helo.clear();
        if (!domain.isEmpty()) {
            boolean unused = helo.add(domain);
        }
    }

    void mailFrom(Slice path) {
        boolean unused = mailFrom.add(path);
    }

    void rcptTo(Slice path) {
        boolean unused = rcptTo.add(path);
    }

    void askForData() {
        dataAsked = true;
    }

    /** True if there is more than a greeting: what a reset would undo. */
    boolean isEnvelopeBegun() {
        return !mailFrom.isEmpty() || !rcptTo.isEmpty() || dataAsked;
    }
}
