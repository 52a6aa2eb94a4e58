// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;
import java.nio.file.Path;

/** Says that a capture file is broken: which file, where, what is wrong and what to do. */
public final class CaptureFileException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    CaptureFileException(Path file, long offset, String problem) {
        super(file + ": at offset " + offset + ": " + problem);
        this.file = file.toString();
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    /** Where in the file the part that cannot be read begins, in bytes. */
    public long offset() {
        return offset;
    }
}
