// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dpiprobe.capture.eve.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProtocolsPageTest {
    /** Events that no protocol makes. */
    private static final Set<EventType> OTHERS =
            EnumSet.of(EventType.ANOMALY, EventType.ARP, EventType.FLOW, EventType.FLOW_UPDATE, EventType.LEDGER);

    @Test
    void pageInDocsIsTheOnePrinted() throws IOException {
        assertThat(Files.readString(Path.of("../docs/protocols.md"))).isEqualTo(ProtocolsPage.markdown());
    }

    @Test
    void noLimitIsWrittenAsANumber() {
        assertThat(ProtocolNotes.ALL)
                .extracting(each -> each.limits().replaceAll("\\{[^}]*}", ""))
                .noneMatch(each -> each.chars().anyMatch(Character::isDigit));
    }

    @Test
    void everyRegisteredProtocolIsNotedOnce() {
        assertThat(ProtocolNotes.ALL)
                .extracting(ProtocolNote::name)
                .containsExactlyInAnyOrderElementsOf(ProtocolsPage.registered().keySet());
    }

    @Test
    void everyEventIsMadeBySomeProtocol() {
        Set<EventType> made = EnumSet.copyOf(OTHERS);
        ProtocolNotes.ALL.forEach(each -> made.addAll(each.events()));

        assertThat(made).containsExactlyInAnyOrder(EventType.values());
    }
}
