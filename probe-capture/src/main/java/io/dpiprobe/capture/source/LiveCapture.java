// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/** Opens what one capture worker polls: all configured interfaces, each opened again when it breaks. */
public final class LiveCapture {
    private LiveCapture() {}

    /**
     * Opens the interfaces of a comma list for one worker.
     *
     * @param config for each of them; its device is the list, and its fanout tells worker and workers
     * @throws IOException if one of them cannot be opened now
     */
    public static PacketSource open(LiveConfig config, NanoClock clock) throws IOException {
        List<PacketSource> sources = new ArrayList<>();
        boolean opened = false;
        try {
            for (LiveConfig each : config.perDevice()) {
                sources.add(ReopeningSource.open(() -> LiveSource.open(each, clock), clock));
            }
            opened = true;
            return sources.size() == 1 ? sources.get(0) : new MergedSource(sources);
        } finally {
            if (!opened) {
                sources.forEach(PacketSource::close);
            }
        }
    }
}
