// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows the interfaces by which Windows systems are administered, and attacked. */
final class RpcInterfaces {
    private static final List<RpcInterface> ALL = new ArrayList<>();

    static {
        ALL.addAll(AdministrationInterfaces.ALL);
        ALL.addAll(AccountInterfaces.ALL);
        ALL.addAll(ObjectInterfaces.ALL);
        ALL.addAll(ServerInterfaces.ALL);
    }

    private RpcInterfaces() {}

    /** The interface with this UUID, if it is known; asked once for each context of a bind. */
    static @Nullable RpcInterface find(long uuidHigh, long uuidLow) {
        for (int i = 0; i < ALL.size(); i++) {
            RpcInterface each = ALL.get(i);
            if (each.uuidHigh == uuidHigh && each.uuidLow == uuidLow) {
                return each;
            }
        }
        return null;
    }
}
