// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.capture.source.LiveConfig.Fanout;
import io.dpiprobe.capture.source.LiveConfig.Mode;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a libpcap handle on an interface and explains what stands in the way. */
final class PcapHandle {
    /** The value of PACKET_FANOUT has the group in its lower half, mode (0: by hash) and flags in the upper. */
    private static final int FANOUT_TYPE_SHIFT = 16;

    private static final Logger LOG = LoggerFactory.getLogger(PcapHandle.class);

    private static final int NANOSECONDS = 1;
    /** How long the kernel gathers packets before it hands over a block that is not full. */
    private static final int GATHER_MS = 5;

    private static final int ERROR = -1;
    private static final int ERROR_NO_SUCH_DEVICE = -5;
    private static final int ERROR_PERMISSION = -8;
    private static final int ERROR_INTERFACE_NOT_UP = -9;
    private static final int ERROR_PROMISCUOUS_PERMISSION = -11;

    private PcapHandle() {}

    /** Returns the address of an activated handle that does not block. */
    static long open(LiveConfig config) throws CaptureException, InvalidFilterException, LibPcapMissingException {
        LibPcap.require();
        UnsafeBuffer errorText = LibPcap.memory(LibPcap.ERROR_TEXT_BYTES);
        long handle = LibPcap.pcap_create(config.device(), errorText.addressOffset());
        if (handle == 0) {
            throw new CaptureException(config.device(), LibPcap.text(errorText));
        }
        boolean opened = false;
        try {
            configure(handle, config);
            activate(handle, config.device());
            if (LibPcap.pcap_setnonblock(handle, 1, errorText.addressOffset()) != 0) {
                throw new CaptureException(config.device(), LibPcap.text(errorText));
            }
            if (!config.filter().isBlank()) {
                setFilter(handle, config.device(), config.filter());
            }
            join(handle, config);
            opened = true;
            return handle;
        } finally {
            if (!opened) {
                LibPcap.pcap_close(handle);
            }
        }
    }

    private static void configure(long handle, LiveConfig config) {
        LibPcap.pcap_set_snaplen(handle, config.snapLength());
        LibPcap.pcap_set_promisc(handle, config.mode() == Mode.PROMISCUOUS ? 1 : 0);
        LibPcap.pcap_set_timeout(handle, GATHER_MS);
        LibPcap.pcap_set_buffer_size(handle, config.bufferBytes());
        LibPcap.pcap_set_tstamp_precision(handle, NANOSECONDS);
    }

    private static void activate(long handle, String device) throws CaptureException {
        int status = LibPcap.pcap_activate(handle);
        if (status > 0) {
            LOG.warn(
                    "capture_warning: {}: {} {}",
                    device,
                    LibPcap.pcap_statustostr(status),
                    LibPcap.pcap_geterr(handle));
        } else if (status < 0) {
            throw new CaptureException(kind(status), device, problem(status, LibPcap.pcap_geterr(handle)));
        }
    }

    private static CaptureException.Kind kind(int status) {
        return switch (status) {
            case ERROR_PERMISSION, ERROR_PROMISCUOUS_PERMISSION -> CaptureException.Kind.NO_PERMISSION;
            case ERROR_NO_SUCH_DEVICE -> CaptureException.Kind.NO_SUCH_INTERFACE;
            default -> CaptureException.Kind.OTHER;
        };
    }

    private static String problem(int status, String detail) {
        return switch (status) {
            case ERROR_PERMISSION, ERROR_PROMISCUOUS_PERMISSION ->
                "no permission to capture: run as root, or give the"
                        + " service AmbientCapabilities=CAP_NET_RAW (systemd), or: setcap cap_net_raw+ep on the java"
                        + " program";
            case ERROR_NO_SUCH_DEVICE -> "there is no such interface; there are: " + Interfaces.names();
            case ERROR_INTERFACE_NOT_UP -> "the interface is down; bring it up with: ip link set up";
            case ERROR -> detail;
            default -> (LibPcap.pcap_statustostr(status) + " " + detail).trim();
        };
    }

    /** Sets a filter, also while packets come; an empty one lets all pass. */
    static void setFilter(long handle, String device, String filter) throws CaptureException, InvalidFilterException {
        try (BpfProgram program = BpfProgram.compile(handle, filter)) {
            if (LibPcap.pcap_setfilter(handle, program.address()) != 0) {
                throw new CaptureException(device, LibPcap.pcap_geterr(handle));
            }
        }
    }

    private static void join(long handle, LiveConfig config) throws CaptureException {
        Fanout fanout = config.fanout();
        if (fanout.workers() == 1) {
            return;
        }
        UnsafeBuffer value = LibPcap.memory(Integer.BYTES);
        value.putInt(0, fanout.group() | LibC.PACKET_FANOUT_FLAG_DEFRAG << FANOUT_TYPE_SHIFT);
        int socket = LibPcap.pcap_get_selectable_fd(handle);
        if (LibC.setsockopt(socket, LibC.SOL_PACKET, LibC.PACKET_FANOUT, value.addressOffset(), Integer.BYTES) != 0) {
            throw new CaptureException(
                    config.device(),
                    "the kernel refuses to share packets among workers (PACKET_FANOUT, errno "
                            + com.sun.jna.Native.getLastError() + "); use CAPTURE_THREADS=1");
        }
    }
}
