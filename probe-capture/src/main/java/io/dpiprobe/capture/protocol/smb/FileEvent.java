// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.protocol.file.FileCarrier;

/** Says in the event of a file over which transaction it went. */
final class FileEvent implements FileCarrier {
    private final SmbEvent event;
    private Transaction transaction = new Transaction();

    FileEvent(SmbEvent event) {
        this.event = event;
    }

    FileEvent of(Transaction of) {
        transaction = of;
        return this;
    }

    @Override
    public String protocol() {
        return "smb";
    }

    @Override
    public long transaction() {
        return transaction.id - 1;
    }

    @Override
    public void write(JsonWriter json) {
        event.write(json, transaction);
    }
}
