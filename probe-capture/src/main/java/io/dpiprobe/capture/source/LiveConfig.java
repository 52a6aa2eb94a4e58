// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Says how one worker captures from one interface.
 *
 * @param device name of the interface, or {@code any}, or a comma list
 * @param snapLength bytes kept of each packet, 1 to 262144
 * @param bufferBytes capture ring in the kernel, for this worker
 * @param mode whether packets for other hosts are wanted
 * @param filter pcap-filter(7) expression; empty passes everything
 * @param fanout which part of the packets this worker gets
 */
public record LiveConfig(String device, int snapLength, int bufferBytes, Mode mode, String filter, Fanout fanout) {
    /** Which packets the interface accepts. */
    public enum Mode {
        PROMISCUOUS,
        OWN_PACKETS
    }

    /**
     * Shares the packets of an interface among workers by flow (packet(7), PACKET_FANOUT_HASH), fragments of IPv4 put together.
     *
     * @param group 0 to 65535, the same for all workers of an interface and for nobody else on the host
     * @param worker from 0; the first one counts what the interface itself dropped
     * @param workers 1 or more; one gets everything
     */
    public record Fanout(int group, int worker, int workers) {
        /** One worker gets everything. */
        public static final Fanout NONE = new Fanout(0, 0, 1);

        /** The group of this process. */
        public static Fanout of(int worker, int workers) {
            return new Fanout((int) (ProcessHandle.current().pid() & 0xffff), worker, workers);
        }
    }

    /** One configuration for each interface in the comma list, each with a fanout group of its own. */
    List<LiveConfig> perDevice() {
        String[] names = device.split(",");
        return IntStream.range(0, names.length)
                .mapToObj(i -> new LiveConfig(
                        names[i].trim(),
                        snapLength,
                        bufferBytes,
                        mode,
                        filter,
                        new Fanout((fanout.group + 4096 * i) & 0xffff, fanout.worker, fanout.workers)))
                .toList();
    }
}
