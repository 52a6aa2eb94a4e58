// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.transport.wire.Answer;
import io.dpiprobe.transport.wire.Body;
import io.dpiprobe.transport.wire.Format;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** Sends requests by OkHttp, each at most once: retries and redirects are for the gate to decide. */
final class CoreClient implements Sender {
    /** Answers are short; more than this is not read. */
    @Bound(
            of = "bytes read of an answer of Core",
            then = "the rest is not read; 2xx is an ack all the same",
            seen = "unreadable_acks_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_ANSWER_BYTES = 64 << 10;

    /** The bulk interface answers with a few words for each event. */
    @Bound(
            of = "bytes read of an answer of the bulk interface",
            then = "the rest is not read; the batch is sent again, which makes no event twice",
            seen = "retries_total",
            unit = Bound.Unit.BYTES)
    static final int MAX_BULK_ANSWER_BYTES = 8 << 20;

    private static final MediaType NDJSON = MediaType.get("application/x-ndjson");

    /** OkHttp repeats a POST by itself when it sees 503 with "Retry-After: 0", so it must not see that header. */
    private static final String HIDDEN_RETRY_AFTER = "X-Hidden-Retry-After";

    private static final Answer UNREAD = Answer.failed(new IOException("the answer could not be read"));

    private static final long KEEP_ALIVE_S = 60;

    private final Credentials credentials;
    private final int maxAnswerBytes;
    private final Dispatcher dispatcher = new Dispatcher();
    private final ConnectionPool connections;
    private volatile OkHttpClient http;

    CoreClient(TransportConfig config, Credentials credentials) {
        this(config, credentials, Dns.SYSTEM);
    }

    CoreClient(TransportConfig config, Credentials credentials, Dns names) {
        this.credentials = credentials;
        this.maxAnswerBytes = config.wire().format() == Format.ELASTICSEARCH ? MAX_BULK_ANSWER_BYTES : MAX_ANSWER_BYTES;
        int most = config.maxInFlight() * config.urls().size();
        this.connections = new ConnectionPool(most, KEEP_ALIVE_S, TimeUnit.SECONDS);
        dispatcher.setMaxRequests(most);
        dispatcher.setMaxRequestsPerHost(most);
        this.http = secured(new OkHttpClient.Builder()
                .dns(new BoundedLookup(names, shorter(config.connectTimeout(), config.requestTimeout())))
                .socketFactory(new PromptSockets())
                .dispatcher(dispatcher)
                .connectionPool(connections)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(config.connectTimeout())
                .readTimeout(config.requestTimeout())
                .writeTimeout(config.requestTimeout())
                .callTimeout(config.requestTimeout())
                .addNetworkInterceptor(chain -> hideRetryAfter(chain.proceed(chain.request())))
                .build());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private OkHttpClient secured(OkHttpClient client) {
        Credentials.Tls tls = credentials.tls();
        return tls == null
                ? client
                : client.newBuilder()
                        .sslSocketFactory(tls.context().getSocketFactory(), tls.trust())
                        .build();
    }

    private static Response hideRetryAfter(Response response) {
        String value = response.header("Retry-After");
        Response.Builder builder =
                response.newBuilder().removeHeader("Retry-After").removeHeader(HIDDEN_RETRY_AFTER);
        return value == null
                ? builder.build()
                : builder.header(HIDDEN_RETRY_AFTER, value).build();
    }

    @Override
    public void send(HttpUrl url, Headers head, Body body, Consumer<Answer> onAnswer) {
        Signer signer = credentials.signer();
        long wallSeconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        Request.Builder request = new Request.Builder()
                .url(url)
                .headers(signer == null ? head : signer.sign(head, wallSeconds))
                .post(new OneShot(body.bytes()));
        start(request, onAnswer);
    }

    /** Asks for something that changes nothing: GET or HEAD. */
    void ask(HttpUrl url, String method, Consumer<Answer> onAnswer) {
        start(new Request.Builder().url(url).method(method, null), onAnswer);
    }

    private void start(Request.Builder request, Consumer<Answer> onAnswer) {
        String token = credentials.token();
        if (token != null) {
            request.header("Authorization", token);
        }
        http.newCall(request.build()).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                Answer answer = UNREAD;
                try {
                    answer = read(response);
                } finally {
                    onAnswer.accept(answer); // else the batch would wait for it for ever
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                onAnswer.accept(Answer.failed(e));
            }
        });
    }

    private Answer read(Response response) {
        try (response) {
            return new Answer(
                    response.code(),
                    response.header(HIDDEN_RETRY_AFTER),
                    response.header("Date"),
                    "true".equalsIgnoreCase(response.header("X-Backpressure")),
                    readBody(response.body().source()),
                    null);
        }
    }

    private byte @Nullable [] readBody(BufferedSource source) {
        try {
            return source.request(maxAnswerBytes + 1L) ? null : bytesOf(source.getBuffer());
        } catch (IOException e) {
            return null; // the status line says enough
        }
    }

    private static byte[] bytesOf(Buffer buffer) {
        return buffer.readByteArray();
    }

    @Override
    public boolean refreshCredentials() {
        credentials.warnOfExpiry(System.currentTimeMillis());
        if (!credentials.refresh()) {
            return false;
        }
        http = secured(http);
        connections.evictAll();
        return true;
    }

    @Override
    public long certificateExpiresMs() {
        return credentials.expiresMs();
    }

    @Override
    public void close() {
        dispatcher.cancelAll();
        dispatcher.executorService().shutdown();
        connections.evictAll();
    }

    /** Tells OkHttp that the body cannot be written again. */
    private static final class OneShot extends RequestBody {
        private final byte[] bytes;

        OneShot(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public MediaType contentType() {
            return NDJSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
