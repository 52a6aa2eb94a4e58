// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import io.dpiprobe.capture.packet.Undecodable;
import io.dpiprobe.capture.source.SourceCounters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * States what became of the packets of all workers, at one instant.
 *
 * @param source what the sources counted
 * @param decoded packets that belong to a flow
 * @param undecodable the others, by reason; every reason is present
 */
public record PacketLedger(SourceCounters source, long decoded, Map<Undecodable, Long> undecodable) {
    static PacketLedger of(List<CaptureWorker> workers) {
        SourceCounters source = SourceCounters.ZERO;
        long decoded = 0;
        Map<Undecodable, Long> undecodable = new EnumMap<>(Undecodable.class);
        for (Undecodable reason : Undecodable.values()) {
            undecodable.put(reason, 0L);
        }
        for (CaptureWorker worker : workers) {
            source = source.plus(worker.packets());
            decoded += worker.statistics().decoded();
            for (Undecodable reason : Undecodable.values()) {
                undecodable.merge(reason, worker.statistics().undecodable(reason), Long::sum);
            }
        }
        return new PacketLedger(source, decoded, undecodable);
    }

    /** Packets that reached the interface and were wanted. */
    public long received() {
        return source.captured() + source.kernelDropped() + source.interfaceDropped();
    }
}
