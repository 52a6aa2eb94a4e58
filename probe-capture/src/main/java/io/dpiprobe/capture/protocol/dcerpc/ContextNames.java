// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.protocol.Cursor;
import org.jspecify.annotations.Nullable;

/** Remembers which interface each presentation context stands for, for every pipe of a connection. */
final class ContextNames {
    /** Contexts kept, the oldest is forgotten: a client of remote objects has some tens of them. */
    @Bound(of = "contexts whose interface is known", then = "the oldest is forgotten")
    static final int MAX_CONTEXTS = 64;

    private final long[] pipes = new long[MAX_CONTEXTS];
    private final int[] contextIds = new int[MAX_CONTEXTS];
    private final @Nullable RpcInterface[] interfaces = new RpcInterface[MAX_CONTEXTS];
    private int count;
    private int next;

    void clear() {
        count = 0;
        next = 0;
    }

    /**
     * Reads what a bind or an alter_context offers (C706, 12.6.4.3), behind the common header.
     *
     * @return the first of the interfaces that is known
     */
    @Nullable
    RpcInterface readOffer(Pdu pdu, Cursor in, long pipe) {
        RpcInterface first = null;
        in.skip(8); // max_xmit_frag, max_recv_frag, assoc_group_id
        int offered = in.u8();
        in.skip(3);
        for (int i = 0; i < offered && i < MAX_CONTEXTS; i++) {
            int contextId = pdu.u16(in);
            int syntaxes = in.u8();
            in.skip(1);
            long high = pdu.uuidHalf(in, true);
            long low = pdu.uuidHalf(in, false);
            in.skip(4 + Bindings.TRANSFER_SYNTAX_BYTES * syntaxes);
            if (in.failed()) {
                return first;
            }
            RpcInterface known = RpcInterfaces.find(high, low);
            put(pipe, contextId, known);
            first = first == null ? known : first;
        }
        return first;
    }

    @Nullable
    RpcInterface find(long pipe, int contextId) {
        int index = indexOf(pipe, contextId);
        return index < 0 ? null : interfaces[index];
    }

    private void put(long pipe, int contextId, @Nullable RpcInterface known) {
        int index = indexOf(pipe, contextId);
        if (index < 0) {
            index = next;
            next = (next + 1) % MAX_CONTEXTS;
            count = Math.min(MAX_CONTEXTS, count + 1);
        }
        pipes[index] = pipe;
        contextIds[index] = contextId;
        interfaces[index] = known;
    }

    private int indexOf(long pipe, int contextId) {
        for (int i = 0; i < count; i++) {
            if (pipes[i] == pipe && contextIds[i] == contextId) {
                return i;
            }
        }
        return -1;
    }
}
