// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.file;

import io.dpiprobe.capture.eve.JsonWriter;

/** Says, in the event of a file, how it was carried. */
public interface FileCarrier {
    /** The name of the protocol: {@code app_proto}. */
    String protocol();

    /** The number of the transaction that carried the file. */
    long transaction();

    /** Writes the protocol's own object, as its events have it. */
    void write(JsonWriter json);
}
