// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Looks up names and gives up after a while.
 *
 * <p>The operating system's lookup can take minutes, and neither OkHttp's deadline nor an interrupt ends it: a request
 * would have no answer for as long. Each name has at most one thread that looks it up, however many ask.
 */
final class BoundedLookup implements Dns {
    static final String THREAD_NAME = "lookup";

    private final Dns names;
    private final Duration patience;
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    BoundedLookup(Dns names, Duration patience) {
        this.names = names;
        this.patience = patience;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> addresses = underWay.computeIfAbsent(name, this::begin);
        try {
            List<InetAddress> known = addresses.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            underWay.remove(name, addresses);
            return known;
        } catch (TimeoutException e) {
            throw unknown(name + ": the lookup takes longer than " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(name + ": the lookup was interrupted", e);
        } catch (ExecutionException e) {
            underWay.remove(name, addresses);
            throw unknown(name, e.getCause());
        }
    }

    private CompletableFuture<List<InetAddress>> begin(String name) {
        return CompletableFuture.supplyAsync(() -> ask(name), BoundedLookup::start);
    }

    private static void start(Runnable lookup) {
        Thread thread = new Thread(lookup, THREAD_NAME);
        thread.setDaemon(true);
        thread.start();
    }

    private List<InetAddress> ask(String name) {
        try {
            return names.lookup(name);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UnknownHostException unknown(String message, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(message);
        unknown.initCause(cause);
        return unknown;
    }
}
