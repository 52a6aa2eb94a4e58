// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

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
 * Says how packets become events.
 *
 * @param identity names the run and the worker
 * @param packetNumbers whether events name their packet
 * @param secrets whether events show passwords and the like
 * @param types events to write
 * @param maxFlows flows followed at the same time, 1 to 16 million
 * @param timeouts when quiet flows end
 * @param flowUpdateInterval packet time between interim records of a flow; none if zero
 * @param checksums whether they are verified
 * @param hashSeed makes the flow hash unpredictable
 * @param sampling which events are kept when Core takes only some
 */
public record PipelineConfig(
        EventIdentity identity,
        PacketNumbers packetNumbers,
        Secrets secrets,
        Set<EventType> types,
        int maxFlows,
        FlowTimeouts timeouts,
        Duration flowUpdateInterval,
        Checksums checksums,
        long hashSeed,
        Sampling sampling) {}
