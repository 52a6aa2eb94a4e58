// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.config.Configuration;
import io.dpiprobe.app.config.ConfigurationChange;
import io.dpiprobe.app.config.InvalidConfigurationException;
import io.dpiprobe.app.config.SettingFile;
import io.dpiprobe.app.probe.Probe;
import io.dpiprobe.app.service.ServiceNotifier;
import io.dpiprobe.capture.source.PacketFilter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Reads the file of settings again and changes what a running probe can change. A file that is not valid changes nothing.
 */
final class Reload implements ServiceNotifier.Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final CommandSpec spec;
    private final SettingFile settings;
    private final Probe probe;
    private Configuration inForce;

    /** Takes the command, whose flags win over the file, and the probe with the configuration it started with. */
    Reload(CommandSpec spec, SettingFile settings, Probe probe) {
        this.spec = spec;
        this.settings = settings;
        this.probe = probe;
        this.inForce = probe.config();
    }

    @Override
    public String run() {
        try {
            settings.refresh();
            Configuration wanted = Configuration.read(SettingFlags.over(spec, settings.environment()));
            PacketFilter.compile(wanted.capture().filter()).close();
            return apply(wanted);
        } catch (InvalidConfigurationException e) {
            return refused(String.join("; ", e.problems()));
        } catch (IOException e) {
            return refused(FailureReport.messageOf(e));
        }
    }

    private static String refused(String why) {
        LOG.error("reload_refused: nothing has changed: {}", why);
        return "the settings were not valid and nothing has changed: " + why;
    }

    private String apply(Configuration wanted) {
        ConfigurationChange change = ConfigurationChange.between(inForce, wanted);
        Logging.level(wanted.log().level());
        if (!wanted.capture().filter().equals(inForce.capture().filter())) {
            probe.filter(wanted.capture().filter());
        }
        probe.limitRate((int) wanted.transport().gate().eventsPerSecond());
        inForce = wanted;
        LOG.info("reloaded: {} read again, changed: {}", settings.file(), change.live());
        ConfigurationChange sinceStart = ConfigurationChange.between(probe.config(), wanted);
        if (!sinceStart.later().isEmpty()) {
            LOG.warn("reload_needs_restart: {} take effect at the next start", sinceStart.later());
            return "read again; " + sinceStart.later() + " need a restart";
        }
        return "read again, changed: " + change.live();
    }
}
