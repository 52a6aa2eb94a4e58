// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dcerpc;

import java.util.UUID;

/** Names an interface and its operations, as the open specification of the interface names them. */
final class RpcInterface {
    /** Stands for an operation that is not used over the network. */
    private static final String UNUSED = "-";

    final long uuidHigh;
    final long uuidLow;
    final String name;
    private final String[] operations;

    private RpcInterface(UUID uuid, String name, String[] operations) {
        this.uuidHigh = uuid.getMostSignificantBits();
        this.uuidLow = uuid.getLeastSignificantBits();
        this.name = name;
        this.operations = operations;
    }

    /**
     * Makes an interface.
     *
     * @param operations in the order of their numbers, apart by blanks; "-" stands for one, "-3" for three without a name
     */
    static RpcInterface of(String name, String uuid, String operations) {
        StringBuilder all = new StringBuilder();
        for (String word : operations.trim().split("\\s+", 0)) {
            boolean skipped = word.startsWith(UNUSED);
            int count = skipped && word.length() > 1 ? Integer.parseInt(word.substring(1)) : 1;
            for (int i = 0; i < count; i++) {
                all.append(skipped ? UNUSED : word).append(' ');
            }
        }
        return new RpcInterface(UUID.fromString(uuid), name, all.toString().split(" ", 0));
    }

    /** Empty for a number without a name. */
    String operation(int opnum) {
        return opnum >= operations.length || operations[opnum].equals(UNUSED) ? "" : operations[opnum];
    }
}
