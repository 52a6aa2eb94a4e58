// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds a compiled capture filter.
 *
 * <pre>
 *   struct bpf_program:  0 number of instructions | 8 pointer to them
 * </pre>
 */
final class BpfProgram implements AutoCloseable {
    private static final int BYTES = 16;
    private static final int OPTIMIZE = 1;

    private final UnsafeBuffer program;

    private BpfProgram(UnsafeBuffer program) {
        this.program = program;
    }

    /** Compiles for the link type of an open handle. Older versions of libpcap compile one filter at a time. */
    static BpfProgram compile(long handle, String expression) throws InvalidFilterException {
        UnsafeBuffer program = LibPcap.memory(BYTES);
        synchronized (BpfProgram.class) {
            if (LibPcap.pcap_compile(handle, program.addressOffset(), expression, OPTIMIZE, LibPcap.NETMASK_UNKNOWN)
                    != 0) {
                throw new InvalidFilterException(expression, LibPcap.pcap_geterr(handle));
            }
        }
        return new BpfProgram(program);
    }

    long address() {
        return program.addressOffset();
    }

    @Override
    public void close() {
        LibPcap.pcap_freecode(program.addressOffset());
    }
}
