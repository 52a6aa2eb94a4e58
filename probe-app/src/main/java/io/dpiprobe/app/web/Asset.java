// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Holds a file that the page consists of.
 *
 * @param path where it is served
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(String path, String type, byte[] content) {
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** Chart.js (MIT licence), from its package. */
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    static List<Asset> all() throws IOException {
        return List.of(
                load("/", "text/html; charset=utf-8", "page.html"),
                load("/page.css", "text/css; charset=utf-8", "page.css"),
                load("/page.js", SCRIPT, "page.js"),
                load("/live.js", SCRIPT, "live.js"),
                load("/icon.svg", "image/svg+xml", "icon.svg"),
                load("/chart.js", SCRIPT, CHARTS));
    }

    private static Asset load(String path, String type, String resource) throws IOException {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the page lacks " + resource);
            }
            return new Asset(path, type, in.readAllBytes());
        }
    }

    Answer answer() {
        return new Answer(Answer.OK, type, content, Map.of());
    }
}
