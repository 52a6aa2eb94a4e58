// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.Cursor;

/** Keeps what a call of one program asks until it is answered, and writes both. Used again for another call. */
public interface RpcQuestion {
    /** Reads the arguments; what they lack stays empty. */
    void read(int version, int procedure, Cursor in);

    /** Writes what is asked: the procedure's name and arguments. */
    void write(JsonWriter json);

    /** Writes the results of a call that was done, beginning with its status. */
    void writeResults(Cursor in, JsonWriter json);
}
