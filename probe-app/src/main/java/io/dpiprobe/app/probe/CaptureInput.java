// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.app.config.CaptureConfig;
import io.dpiprobe.capture.source.SourceOpener;
import java.util.ArrayList;
import java.util.List;

/**
 * Names what one capture worker captures.
 *
 * @param timeBase what moves time on
 * @param opener opens it, once
 */
public record CaptureInput(TimeBase timeBase, SourceOpener opener) {
    /** Says what moves time on while no packets come. */
    public enum TimeBase {
        /** The wall clock stamps the packets. */
        LIVE,
        /** The packets alone. */
        FILE
    }

    /** What the configuration says, one for each worker. */
    public static List<CaptureInput> of(CaptureConfig config) {
        TimeBase timeBase = config.file() == null ? TimeBase.LIVE : TimeBase.FILE;
        List<CaptureInput> inputs = new ArrayList<>();
        for (int i = 0; i < config.workers(); i++) {
            int worker = i;
            inputs.add(new CaptureInput(timeBase, () -> Sources.open(config, worker)));
        }
        return inputs;
    }
}
