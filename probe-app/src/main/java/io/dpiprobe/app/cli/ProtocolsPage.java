// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.app.limits.BoundText;
import io.dpiprobe.capture.Protocols;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.packet.IpProtocol;
import io.dpiprobe.capture.protocol.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what is dissected: the registry, with what is noted of each protocol. */
final class ProtocolsPage {
    private static final String TABLE = """
            # Protocols

            Printed by `dpi-probe protocols --markdown`. Content decides, not the port: a protocol is looked for on
            every port unless *alone* is said, and first of all on its own. Beside the events named here each flow has
            a `flow` event when it ends, and what breaks the rules of a protocol an `anomaly`.

            Limits that hold for all: {Inspector.MAX_MESSAGE_BYTES} for one message, {Inspector.DETECTION_BYTES} or
            {Inspector.DETECTION_DATAGRAMS} datagrams for recognition, {JsonWriter.MAX_STRING_BYTES} for a string and
            {JsonWriter.MAX_EVENT_BYTES} for an event (`probe.truncated` says that something was left out).

            | protocol | over | events | fields | limits | specification |
            |---|---|---|---|---|---|
            """;

    private ProtocolsPage() {}

    static String markdown() {
        BoundText bounds = new BoundText();
        StringBuilder page = new StringBuilder(bounds.fill(TABLE));
        Map<String, List<Protocol>> registered = registered();
        for (ProtocolNote note : ProtocolNotes.ALL) {
            page.append("| ").append(note.name());
            page.append(" | ").append(transports(registered.getOrDefault(note.name(), List.of())));
            page.append(" | ").append(events(note));
            page.append(" | ").append(note.fields());
            page.append(" | ").append(bounds.fill(note.limits()));
            page.append(" | ").append(note.specification()).append(" |\n");
        }
        return page.toString();
    }

    static String text() {
        StringBuilder page = new StringBuilder();
        Map<String, List<Protocol>> registered = registered();
        for (ProtocolNote note : ProtocolNotes.ALL) {
            String over = transports(registered.getOrDefault(note.name(), List.of()));
            page.append(String.format("%-15s %-32s %s%n", note.name(), over, events(note)));
        }
        return page.toString();
    }

    /** By name, in the order of the registry. */
    static Map<String, List<Protocol>> registered() {
        return Protocols.registry().protocols().stream()
                .collect(Collectors.groupingBy(Protocol::name, LinkedHashMap::new, Collectors.toList()));
    }

    private static String events(ProtocolNote note) {
        return note.events().stream().map(EventType::label).collect(Collectors.joining(", "));
    }

    private static String transports(List<Protocol> protocols) {
        return protocols.stream().map(ProtocolsPage::transport).distinct().collect(Collectors.joining("; "));
    }

    private static String transport(Protocol protocol) {
        String ports = protocol.ports().stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
        boolean alone = protocol.scope() == Protocol.Scope.OWN_PORTS;
        String where = alone ? ports.isEmpty() ? " announced by another" : " " + ports + " alone" : " " + ports;
        return (protocol.transport() == IpProtocol.TCP ? "TCP" : "UDP") + (where.isBlank() ? "" : where);
    }
}
