// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Captures from an interface through libpcap.
 *
 * <pre>
 *   struct pcap_pkthdr:  0 seconds | 8 micro- or nanoseconds | 16 captured length | 20 length
 *   struct pcap_stat:    0 received | 4 dropped by the kernel | 8 dropped by the interface
 *   struct pollfd:       0 descriptor | 4 events | 6 what happened
 * </pre>
 */
public final class LiveSource implements PacketSource {
    /** Longest wait of a poll that finds nothing. */
    private static final int WAIT_MS = 3;

    private static final long STATS_INTERVAL_NS = 250_000_000L;
    private static final int NANOSECONDS = 1;

    private final LiveConfig config;
    private final NanoClock clock;
    private final long handle;
    private final int linkType;
    private final int nsPerFraction;

    /** Where libpcap puts the addresses of a packet's header and bytes. */
    private final UnsafeBuffer pointers = LibPcap.memory(16);

    private final UnsafeBuffer header = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer descriptor = LibPcap.memory(8);
    private final UnsafeBuffer stats = LibPcap.memory(12);
    private final RawPacket packet = new RawPacket();
    private final PacketTally tally = new PacketTally();
    private final WrappingCounter kernelDropped = new WrappingCounter();
    private final WrappingCounter interfaceDropped = new WrappingCounter();
    private long statsNs;
    private boolean closed;

    private LiveSource(LiveConfig config, NanoClock clock, long handle) {
        this.config = config;
        this.clock = clock;
        this.handle = handle;
        this.linkType = LinkTypes.fromLibPcap(LibPcap.pcap_datalink(handle));
        this.nsPerFraction = LibPcap.pcap_get_tstamp_precision(handle) == NANOSECONDS ? 1 : 1000;
        this.statsNs = clock.nanoTime();
        descriptor.putInt(0, LibPcap.pcap_get_selectable_fd(handle));
        descriptor.putShort(4, LibC.POLLIN);
    }

    /**
     * Begins to capture.
     *
     * @throws CaptureException if the interface or the permission is missing
     * @throws InvalidFilterException if the filter is not valid for the interface
     * @throws LibPcapMissingException if libpcap is not installed
     */
    public static LiveSource open(LiveConfig config, NanoClock clock) throws IOException {
        return new LiveSource(config, clock, PcapHandle.open(config));
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        int count = 0;
        readStats();
        while (count < limit && next()) {
            count++;
            tally.add(packet.capturedLength());
            handler.onPacket(packet);
        }
        if (count == 0) {
            LibC.poll(descriptor.addressOffset(), 1, WAIT_MS);
        }
        return count;
    }

    @Override
    public void filter(String expression) throws IOException {
        PcapHandle.setFilter(handle, config.device(), expression);
    }

    @Override
    public boolean isExhausted() {
        return false;
    }

    @Override
    public SourceCounters counters() {
        return tally.counters();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LibPcap.pcap_close(handle);
        }
    }

    private boolean next() throws CaptureException {
        assert !closed;
        long at = pointers.addressOffset();
        int status = LibPcap.pcap_next_ex(handle, at, at + Long.BYTES);
        if (status < 0) {
            throw new CaptureException(config.device(), "capture ended: " + LibPcap.pcap_geterr(handle));
        }
        if (status == 0) {
            return false;
        }
        header.wrap(pointers.getLong(0), 24);
        int captured = header.getInt(16);
        int wireLength = Math.max(header.getInt(20), captured);
        packet.wrap(pointers.getLong(Long.BYTES), captured);
        packet.header(header.getLong(0) * 1_000_000_000L + header.getLong(8) * nsPerFraction, wireLength, linkType);
        return true;
    }

    /** What the interface dropped, it dropped for all workers: the first one counts it. */
    private void readStats() {
        long nowNs = clock.nanoTime();
        if (nowNs - statsNs < STATS_INTERVAL_NS) {
            return;
        }
        statsNs = nowNs;
        if (LibPcap.pcap_stats(handle, stats.addressOffset()) == 0) {
            kernelDropped.update(stats.getInt(4));
            if (config.fanout().worker() == 0) {
                interfaceDropped.update(stats.getInt(8));
            }
            tally.dropped(kernelDropped.total(), interfaceDropped.total());
        }
    }
}
