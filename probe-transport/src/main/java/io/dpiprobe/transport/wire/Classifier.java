// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import io.dpiprobe.transport.gate.RetryAfter;
import io.dpiprobe.transport.wire.Outcome.Kind;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Judges answers by the table of DESIGN 7.1. */
public final class Classifier {
    /** Cause of an ack whose body could not be read. */
    public static final String UNREADABLE = "unreadable";

    private Classifier() {}

    /** Judges an answer to a request in this format. */
    public static Outcome classify(Answer answer, Format format) {
        Exception failure = answer.failure();
        if (failure != null) {
            return ofFailure(failure);
        }
        if (answer.status() / 100 == 2) {
            return ofSuccess(answer, format);
        }
        long retryAfterNs = RetryAfter.parse(answer.retryAfter(), answer.date());
        return new Outcome(kind(answer.status()), "http_" + answer.status(), retryAfterNs, false, Reply.EMPTY);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 429 -> Kind.RATE_LIMITED;
            case 408, 425 -> Kind.UNAVAILABLE;
            case 413 -> Kind.TOO_LARGE;
            case 400, 422 -> Kind.POISON;
            case 415 -> Kind.CODING_REFUSED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.MISCONFIGURED;
        };
    }

    private static Outcome ofSuccess(Answer answer, Format format) {
        Reply reply = replyOf(answer.body(), format);
        Reply said = reply == null ? Reply.EMPTY : reply;
        long retryAfterNs = Math.max(
                RetryAfter.parse(answer.retryAfter(), answer.date()), RetryAfter.ofMillis(said.retryAfterMs()));
        if (reply == null && format == Format.ELASTICSEARCH) {
            // It may have refused some; what it has taken it takes no second time.
            return new Outcome(Kind.NOT_ACCEPTED, UNREADABLE, retryAfterNs, true, said);
        }
        if (said.isBackpressure() && said.ackedThrough() == null) {
            return new Outcome(Kind.NOT_ACCEPTED, "body", retryAfterNs, true, said);
        }
        boolean slowDown = answer.backpressure() || said.isBackpressure() || said.wantsAgain() || retryAfterNs > 0;
        return new Outcome(Kind.DELIVERED, reply == null ? UNREADABLE : "ok", retryAfterNs, slowDown, said);
    }

    private static @Nullable Reply replyOf(byte @Nullable [] body, Format format) {
        if (body == null) {
            return null;
        }
        if (format == Format.ELASTICSEARCH) {
            return BulkReplyReader.read(body);
        }
        return body.length == 0 ? Reply.EMPTY : ReplyReader.read(body);
    }

    private static Outcome ofFailure(Exception failure) {
        if (isCertificateProblem(failure)) {
            return new Outcome(Kind.MISCONFIGURED, "certificate", RetryAfter.NONE, false, Reply.EMPTY);
        }
        return new Outcome(Kind.UNAVAILABLE, cause(failure), RetryAfter.NONE, false, Reply.EMPTY);
    }

    private static boolean isCertificateProblem(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static String cause(Exception failure) {
        if (failure instanceof InterruptedIOException) {
            return "timeout";
        }
        if (failure instanceof UnknownHostException) {
            return "dns";
        }
        return failure instanceof SSLException ? "tls" : "connection";
    }
}
