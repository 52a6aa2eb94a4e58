// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dpiprobe.app.demo.SampleProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The status page in a real browser. Pictures of each state are left in target/page. */
class StatusPageTest {
    private static final Path PICTURES = Path.of("target", "page");
    private static final String[][] STATES = {
        {
            "s.buffer.disk_state = 'disk_full'; s.buffer.disk.used_bytes = s.buffer.disk.capacity_bytes",
            "disk full, events stay in memory"
        },
        {"s.delivery.level = 'overload'; s.ledger.low.dropped.memory_full = 12345678901", "level overload"},
        {"s.delivery.level = 'warning'", "level warning"},
        {"s.delivery.backpressure = true; s.delivery.backoff_seconds = 299.9", "Core slows delivery down"},
        {"s.delivery.circuit_breaker = 'half_open'", "Core is unavailable, events wait"},
        {"s.healthy = false", "a part of the probe has ended"},
        {"s.ready = false", "stopping"},
        {"s.ledger.imbalance = 3", "events are unaccounted for"},
        {"s.capture.captured = 0; s.delivery.latency_seconds.count = 0", "healthy"},
    };
    /** Finds what a screen reader could not name. */
    private static final String NAMELESS =
            "[...document.querySelectorAll('a, button, input, canvas, progress, table, section, [role=region]')]"
                    + ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim()"
                    + " || e.labels && e.labels.length || e.getAttribute('aria-labelledby')))"
                    + ".map(e => e.tagName + ' ' + e.id).join()";

    private static final int[] WIDTHS = {360, 768, 1440};

    /** However slow this machine is at present, that alone is no reason for another level. */
    private static final Map<String, String> PATIENT =
            Map.of("LEVEL_LATENCY_LIMITS_MS", "30000,40000,50000", "LEVEL_DELIVERED_LIMITS", "0.03,0.02,0.01");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path dir;

    @BeforeEach
    void needsABrowser() throws IOException {
        assumeTrue(Files.isExecutable(Browser.CHROMIUM), "chromium is not installed (Debian: chromium)");
        Files.createDirectories(PICTURES);
    }

    @Test
    void showsTrafficAnOutageItsEndAndARestart() throws Exception {
        try (Browser browser = Browser.start(dir)) {
            SampleProbe first = SampleProbe.start(dir, PATIENT).awaitDelivery();
            String address = first.address().toString();
            browser.look(1440, 1000, "light");
            browser.open(first.url());
            awaitState(browser, "healthy");
            awaitText(browser, "#live tbody", "www.example");
            awaitText(browser, "#types tbody", "dns");
            awaitText(browser, "#hosts tbody", "192.0.2.10");
            SampleProbe.await(
                    "figures",
                    () -> !text(browser, "#packets").matches("–|0")
                            && !text(browser, "#p50").equals("–"));
            String before = text(browser, "#types tbody");
            SampleProbe.await(
                    "the figures move", () -> !text(browser, "#types tbody").equals(before));
            assertFits(browser);
            pictures(browser, "healthy");

            first.stopCore();
            awaitState(browser, "Core is unavailable, events wait");
            assertThat(text(browser, "#breaker")).isNotEqualTo("closed");
            pictures(browser, "outage");
            first.startCore();
            awaitState(browser, "healthy");

            first.close();
            awaitState(browser, "the probe does not answer");
            pictures(browser, "gone");
            try (SampleProbe second = SampleProbe.start(dir, and("MANAGEMENT_ADDRESS", address))) {
                awaitState(browser, "healthy");
                assertThat(second.url()).isEqualTo(first.url());
                SampleProbe.await(
                        "live events again", () -> second.probe().tap().watched() == 1);
            }
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void asksForTheTokenAndFiltersByKeyboard() throws Exception {
        Path token = Files.writeString(dir.resolve("token"), "open-sesame");
        try (Browser browser = Browser.start(dir);
                SampleProbe sample = SampleProbe.start(dir, and("MANAGEMENT_TOKEN_FILE", token.toString()))) {
            browser.look(768, 900, "dark");
            browser.open(sample.url());
            awaitState(browser, "token needed");
            pictures(browser, "token-needed");
            browser.value("document.querySelector('#token').value = 'open-sesame';"
                    + " document.querySelector('#login').requestSubmit()");
            awaitState(browser, "healthy");
            awaitText(browser, "#live tbody", "dns");
            browser.value("document.querySelector('#filter').value = 'tls';"
                    + " document.querySelector('#filter').dispatchEvent(new Event('input'))");
            SampleProbe.await("only tls", () -> !text(browser, "#live tbody").contains("dns"));
            assertReachableByKeyboard(browser);
        }
    }

    /** What the probe says is changed on its way to the page, as it cannot easily be made to happen. */
    @Test
    void saysInWhichStateTheProbeIs() throws Exception {
        try (Browser browser = Browser.start(dir);
                SampleProbe sample = SampleProbe.start(dir, PATIENT).awaitDelivery()) {
            browser.look(360, 900, "light");
            browser.open(sample.url());
            awaitState(browser, "healthy");
            browser.value("window.change = s => s; window.asked = window.fetch; window.fetch = async (url, how) => {"
                    + " const answer = await window.asked(url, how); return url === 'status' && answer.ok"
                    + " ? new Response(JSON.stringify(window.change(await answer.json()))) : answer; }; 0");
            for (String[] state : STATES) {
                browser.value("window.change = s => { " + state[0] + "; return s; }; 0");
                awaitState(browser, state[1]);
                assertFits(browser);
                pictures(browser, state[1].replaceAll("[^a-zA-Z]+", "-"));
            }
            assertThat(browser.value(NAMELESS)).isEmpty();
            assertThat(browser.value("document.querySelector('#state').getAttribute('aria-live')"))
                    .isEqualTo("polite");
        }
    }

    private static Map<String, String> and(String name, String value) {
        Map<String, String> settings = new HashMap<>(PATIENT);
        settings.put(name, value);
        return settings;
    }

    /** Tab leads to everything that can be used, and shows where it is. */
    private static void assertReachableByKeyboard(Browser browser) throws IOException, InterruptedException {
        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            browser.press("Tab");
            reached.add(browser.value("document.activeElement.id || document.activeElement.className"));
        }
        assertThat(reached).contains("skip", "filter", "pause", "scroll");
    }

    /** Every part has a name, and nothing is wider than the screen. */
    private static void assertFits(Browser browser) throws IOException, InterruptedException {
        assertThat(browser.value("[...document.querySelectorAll('section')].every(s =>"
                        + " document.getElementById(s.getAttribute('aria-labelledby')).textContent !== '')"))
                .isEqualTo("true");
        for (int width : WIDTHS) {
            browser.look(width, 900, "light");
            awaitFit(browser, width);
        }
    }

    /** Charts follow a new width a frame later. */
    private static void awaitFit(Browser browser, int width) {
        SampleProbe.await(
                "everything fits at " + width,
                () -> browser.value(
                                "innerWidth === %1$d && document.documentElement.scrollWidth <= %1$d".formatted(width))
                        .equals("true"));
    }

    private static void pictures(Browser browser, String state) throws IOException, InterruptedException {
        for (String colors : new String[] {"light", "dark"}) {
            for (int width : WIDTHS) {
                browser.look(width, 900, colors);
                awaitFit(browser, width);
                int height = Integer.parseInt(browser.value("document.documentElement.scrollHeight"));
                browser.look(width, height, colors);
                browser.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
                browser.screenshot(PICTURES.resolve(state + "-" + width + "-" + colors + ".png"));
            }
        }
        browser.look(1440, 1000, "light");
    }

    private static String text(Browser browser, String selector) throws InterruptedException {
        return browser.value("document.querySelector('" + selector + "')?.textContent ?? ''");
    }

    private static void awaitState(Browser browser, String state) {
        SampleProbe.await(
                "the page says " + state, () -> text(browser, "#state").equals(state));
    }

    private static void awaitText(Browser browser, String selector, String wanted) {
        SampleProbe.await(
                selector + " shows " + wanted, () -> text(browser, selector).contains(wanted));
    }
}
