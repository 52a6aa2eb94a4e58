// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Drives a headless Chromium by the DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private String session = "";

    private Browser(Process process, String url) throws InterruptedException {
        this.process = process;
        this.socket = get(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(url), this));
    }

    /** Starts one with a profile of its own and one empty page. */
    static Browser start(Path dir) throws IOException, InterruptedException {
        Path profile = Files.createDirectories(dir.resolve("profile"));
        Process process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(dir.resolve("chromium.log").toFile()))
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        io.dpiprobe.app.demo.SampleProbe.await("Chromium listens", () -> isComplete(port));
        List<String> lines = Files.readAllLines(port);
        Browser browser = new Browser(process, "ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        browser.attach();
        return browser;
    }

    private static boolean isComplete(Path port) {
        try {
            return Files.exists(port) && Files.readAllLines(port).size() == 2;
        } catch (IOException e) {
            return false;
        }
    }

    private void attach() throws InterruptedException {
        String target = command("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = command("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        command("Runtime.enable", Map.of());
        command("Log.enable", Map.of());
        command("Page.enable", Map.of());
    }

    void open(String url) throws InterruptedException {
        command("Page.navigate", Map.of("url", url));
    }

    /** The value of an expression in the page, as text. */
    String value(String expression) throws InterruptedException {
        JsonNode result = command("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value").asText();
    }

    void look(int width, int height, String colors) throws InterruptedException {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
    }

    void screenshot(Path file) throws IOException, InterruptedException {
        JsonNode image = command("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode(image.path("data").asText()));
    }

    void press(String key) throws InterruptedException {
        for (String type : new String[] {"keyDown", "keyUp"}) {
            command(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", 9));
        }
    }

    /** What the console said that was an error, except that something could not be reached. */
    List<String> errors() {
        return errors.stream().filter(error -> !error.contains("net::ERR_")).toList();
    }

    private JsonNode command(String method, Map<String, Object> parameters) throws InterruptedException {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        ObjectNode request = JSON.createObjectNode().put("id", number).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            request.put("sessionId", session);
        }
        get(socket.sendText(request.toString(), true));
        JsonNode said = get(answer);
        if (said.has("error")) {
            throw new AssertionError(method + ": " + said.path("error"));
        }
        return said.path("result");
    }

    private static <T> T get(CompletableFuture<T> awaited) throws InterruptedException {
        try {
            return awaited.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Chromium does not answer", e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        message.append(data);
        if (last) {
            try {
                onMessage(JSON.readTree(message.toString()));
            } catch (IOException e) {
                errors.add(e.toString());
            }
            message.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private void onMessage(JsonNode said) {
        CompletableFuture<JsonNode> answer = answers.remove(said.path("id").asInt());
        if (answer != null) {
            answer.complete(said);
        }
        JsonNode parameters = said.path("params");
        switch (said.path("method").asText()) {
            case "Runtime.exceptionThrown" ->
                errors.add(parameters.path("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                if (parameters.at("/entry/level").asText().equals("error")) {
                    errors.add(parameters.path("entry").toString());
                }
            }
            default -> {
                // of no interest
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
