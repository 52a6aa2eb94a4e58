// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.reading;

import io.dpiprobe.capture.PipelineConfig;
import io.dpiprobe.capture.eve.EventIdentity;
import io.dpiprobe.capture.eve.EventType;
import io.dpiprobe.capture.eve.EventWriter.PacketNumbers;
import io.dpiprobe.capture.eve.Sampling;
import io.dpiprobe.capture.eve.Secrets;
import io.dpiprobe.capture.flow.FlowTimeouts;
import io.dpiprobe.capture.packet.Checksums;
import java.time.Duration;
import java.util.Set;

/**
 * Says how capture files become events.
 *
 * @param probeId the sensor's name in the events
 * @param epoch the run's name in the events: 8 hexadecimal digits
 * @param types the events to write
 * @param maxFlows flows followed at the same time
 * @param flowTimeout how long a quiet flow is kept, in packet time
 * @param flowUpdateInterval packet time between interim records of a flow
 * @param checksums whether they are verified
 * @param secrets whether passwords and the like are in the events
 */
public record ReadOptions(
        String probeId,
        String epoch,
        Set<EventType> types,
        int maxFlows,
        Duration flowTimeout,
        Duration flowUpdateInterval,
        Checksums checksums,
        Secrets secrets) {
    /** A flow needs a packet, and a packet in a file needs its record header and an IP header. */
    private static final int LEAST_BYTES_OF_A_FLOW = 32;

    /** A flow table for one file need not be larger than what the file can hold, and is quicker to make. */
    PipelineConfig pipelineConfig(long fileBytes) {
        int flows = (int) Math.min(maxFlows, fileBytes / LEAST_BYTES_OF_A_FLOW + 1);
        return new PipelineConfig(
                new EventIdentity(probeId, epoch, 0),
                PacketNumbers.SHOWN,
                secrets,
                types,
                flows,
                FlowTimeouts.of(flowTimeout),
                flowUpdateInterval,
                checksums,
                0,
                Sampling.none());
    }
}
