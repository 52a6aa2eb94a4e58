// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.capture.source.Interfaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the interfaces that can be captured from. */
@Command(
        name = "interfaces",
        description = "Lists the interfaces that can be captured from; * is that of the default route.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  CAPTURE_IFACE=eth1 dpi-probe run")
final class InterfacesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String preferred = Interfaces.ofDefaultRoute().orElse("");
        for (Interfaces.Interface each : Interfaces.list()) {
            out.printf(
                    "%s %-16s %-5s %s%n",
                    each.name().equals(preferred) ? "*" : " ",
                    each.name(),
                    each.isUp() ? "up" : "down",
                    each.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(" ")));
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
