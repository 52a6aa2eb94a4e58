// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.dpiprobe.app.config.ManagementConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns away requests that may not be answered. */
final class Gatekeeper {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final String BEARER = "Bearer ";
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final byte @Nullable [] token;

    private Gatekeeper(byte @Nullable [] token) {
        this.token = token;
    }

    static Gatekeeper of(ManagementConfig config) throws IOException {
        Path file = config.tokenFile();
        if (file == null) {
            return new Gatekeeper(null);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!TOKEN.matcher(text).matches()) {
            throw new IOException("MANAGEMENT_TOKEN_FILE " + file + " holds no token of visible ASCII");
        }
        return new Gatekeeper(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether anybody may see it: only that something runs, or what everybody has. */
    enum Access {
        PUBLIC,
        TOKEN
    }

    /** Why a request is turned away; null if it is not. */
    @Nullable
    Answer refusal(HttpExchange exchange, Access access) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Answer.problem(METHOD_NOT_ALLOWED, "Method not allowed", "only GET and HEAD")
                    .with("Allow", "GET, HEAD");
        }
        Headers headers = exchange.getRequestHeaders();
        if (isFromAnotherSite(headers)) {
            return Answer.problem(FORBIDDEN, "Forbidden", "a page of another site asks");
        }
        if (access == Access.PUBLIC) {
            return null;
        }
        if (token == null) {
            return isLoopback(headers.getFirst("Host"))
                    ? null
                    : Answer.problem(FORBIDDEN, "Forbidden", "without a token only requests to localhost are answered");
        }
        return bears(headers.getFirst("Authorization"))
                ? null
                : Answer.problem(UNAUTHORIZED, "Unauthorized", "the token of MANAGEMENT_TOKEN_FILE is needed")
                        .with("WWW-Authenticate", "Bearer");
    }

    private static boolean isFromAnotherSite(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** A name of another site can be made to lead here; its page would then pass for ours. */
    private static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return true;
        }
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
    }

    private boolean bears(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        token, authorization.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8));
    }
}
