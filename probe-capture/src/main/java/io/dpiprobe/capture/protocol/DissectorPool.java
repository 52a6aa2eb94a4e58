// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.flow.HeapRoom;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;

/** Keeps dissectors that no flow needs for the next flow that does, as long as the heap has room. Owned by one worker. */
final class DissectorPool {
    private final IdentityHashMap<Protocol, ArrayDeque<Dissector>> idle = new IdentityHashMap<>();

    private final HeapRoom room;

    DissectorPool(List<Protocol> protocols, HeapRoom room) {
        this.room = room;
        protocols.forEach(each -> idle.put(each, new ArrayDeque<>()));
    }

    Dissector borrow(Protocol protocol) {
        Dissector dissector = of(protocol).pollLast();
        return dissector != null ? dissector : protocol.dissector().get();
    }

    void giveBack(Protocol protocol, Dissector dissector) {
        dissector.reset();
        room.keep(dissector, of(protocol));
    }

    private ArrayDeque<Dissector> of(Protocol protocol) {
        ArrayDeque<Dissector> dissectors = idle.get(protocol);
        if (dissectors == null) {
            throw new IllegalArgumentException("not registered: " + protocol.name());
        }
        return dissectors;
    }
}
