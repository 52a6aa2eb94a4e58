// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dpiprobe.capture.eve.EventType;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** That docs/events.md describes what there is; {@link CollectedEvents} compares each event with it. */
class EventsPageTest {
    @Test
    void hasASectionForEachTypeThatNamesItsLane() throws Exception {
        String page = java.nio.file.Files.readString(java.nio.file.Path.of("../docs/events.md"));
        assertThat(EventsPage.get().sections())
                .containsAll(Arrays.stream(EventType.values())
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .toList());
        for (EventType type : EventType.values()) {
            assertThat(page)
                    .contains("## " + type.name().toLowerCase(Locale.ROOT) + "\n\nLane "
                            + type.lane().label() + ".");
        }
    }

    @Test
    void findsFieldsThatAreNotDescribed() throws JsonProcessingException {
        String event =
                "{\"event_type\":\"dns\",\"flow_id\":1,\"colour\":\"red\",\"dns\":{\"rcode\":\"NOERROR\",\"shape\":3,"
                        + "\"answers\":[{\"rdata\":\"x\"},{\"taste\":\"sweet\"}]},\"probe\":{\"id\":\"x\",\"smell\":{}},"
                        + "\"tls\":{\"sni\":\"x\"}}";
        assertThat(EventsPage.get().missing(new ObjectMapper().readTree(event)))
                .containsExactly("colour", "dns.answers.taste", "dns.shape", "probe.smell");
    }
}
