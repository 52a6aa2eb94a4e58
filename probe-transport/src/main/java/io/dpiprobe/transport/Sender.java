// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import java.util.function.Consumer;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Sends one request and hands over the answer, exactly once and on any thread. */
interface Sender extends AutoCloseable {
    void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer);

    /** Looks whether credentials changed since the last look, and uses the new ones from now on. */
    boolean refreshCredentials();

    /** When the probe's certificate ends, in milliseconds since 1970; 0 if it has none. */
    long certificateExpiresMs();

    /** Gives up what is under way. */
    @Override
    void close();
}
