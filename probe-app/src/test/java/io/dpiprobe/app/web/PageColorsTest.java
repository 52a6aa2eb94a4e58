// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The colours of the page, light and dark, against WCAG 2.2 AA: 4.5 for text (1.4.3), 3 for lines and bars (1.4.11). */
class PageColorsTest {
    private static final Pattern COLOR = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6})");

    @ParameterizedTest
    @CsvSource({
        "text, back, 4.5",
        "text, card, 4.5",
        "text, track, 4.5",
        "quiet, back, 4.5",
        "quiet, card, 4.5",
        "accent, back, 4.5",
        "accent, card, 4.5",
        "good, good-back, 4.5",
        "warn, warn-back, 4.5",
        "bad, bad-back, 4.5",
        "s1, card, 3",
        "s2, card, 3",
        "s3, card, 3",
        "s1, track, 3",
        "bad, track, 3",
    })
    void contrastIsEnough(String front, String back, double least) throws IOException {
        String css = css();
        int dark = css.indexOf("prefers-color-scheme: dark");
        assertThat(dark).isPositive();
        for (String half : new String[] {css.substring(0, dark), css.substring(dark)}) {
            Map<String, Integer> colors = colors(half);
            assertThat(contrast(color(colors, front), color(colors, back)))
                    .as("%s on %s", front, back)
                    .isGreaterThanOrEqualTo(least);
        }
    }

    private static String css() throws IOException {
        try (InputStream in = Objects.requireNonNull(ManagementServer.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Integer> colors(String css) {
        Map<String, Integer> colors = new HashMap<>();
        Matcher color = COLOR.matcher(css);
        while (color.find()) {
            colors.put(color.group(1), Integer.parseInt(color.group(2), 16));
        }
        return colors;
    }

    private static int color(Map<String, Integer> colors, String name) {
        return Objects.requireNonNull(colors.get(name), name);
    }

    private static double contrast(int a, int b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(int color) {
        return 0.2126 * linear(color >> 16) + 0.7152 * linear(color >> 8) + 0.0722 * linear(color);
    }

    private static double linear(int channel) {
        double share = (channel & 0xff) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
