// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Says why live capture cannot begin or go on: the interface, what is wrong and what to do. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    /** Tells apart what a caller answers differently. */
    public enum Kind {
        NO_PERMISSION,
        NO_SUCH_INTERFACE,
        OTHER
    }

    private final Kind kind;

    CaptureException(String device, String problem) {
        this(Kind.OTHER, device, problem);
    }

    CaptureException(Kind kind, String device, String problem) {
        super(device + ": " + problem);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
