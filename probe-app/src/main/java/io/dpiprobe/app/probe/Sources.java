// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.app.config.CaptureConfig;
import io.dpiprobe.app.config.CaptureSpeed;
import io.dpiprobe.capture.source.CaptureFiles;
import io.dpiprobe.capture.source.FilteredSource;
import io.dpiprobe.capture.source.Interfaces;
import io.dpiprobe.capture.source.LiveCapture;
import io.dpiprobe.capture.source.LiveConfig;
import io.dpiprobe.capture.source.PacedSource;
import io.dpiprobe.capture.source.PacketFilter;
import io.dpiprobe.capture.source.PacketSource;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.SystemNanoClock;

/** Opens what the configuration says packets come from. */
public final class Sources {
    private static final double REAL_TIME = 1;

    private Sources() {}

    /** The source of one worker, from 0. */
    static PacketSource open(CaptureConfig config, int worker) throws IOException {
        Path file = config.file();
        return file != null ? openFile(config, file) : openInterfaces(config, worker);
    }

    private static PacketSource openFile(CaptureConfig config, Path file) throws IOException {
        PacketSource source = CaptureFiles.open(file);
        if (!config.filter().isEmpty()) {
            source = new FilteredSource(source, PacketFilter.compile(config.filter()));
        }
        return config.speed() == CaptureSpeed.MAX
                ? source
                : new PacedSource(source, REAL_TIME, SystemNanoClock.INSTANCE);
    }

    private static PacketSource openInterfaces(CaptureConfig config, int worker) throws IOException {
        LiveConfig live = new LiveConfig(
                interfacesOf(config),
                config.snapLength(),
                config.bufferBytes(),
                config.promiscuous() ? LiveConfig.Mode.PROMISCUOUS : LiveConfig.Mode.OWN_PACKETS,
                config.filter(),
                LiveConfig.Fanout.of(worker, config.workers()));
        return LiveCapture.open(live, SystemNanoClock.INSTANCE);
    }

    /** Names what is captured, for people. */
    public static String describe(CaptureConfig config) throws IOException {
        Path file = config.file();
        return file != null ? file.toString() : interfacesOf(config);
    }

    private static String interfacesOf(CaptureConfig config) throws IOException {
        if (!config.interfaces().isEmpty()) {
            return config.interfaces();
        }
        return Interfaces.ofDefaultRoute()
                .orElseThrow(() -> new IOException(
                        "there is no default route to take the interface from; set CAPTURE_IFACE, see: dpi-probe"
                                + " interfaces"));
    }
}
