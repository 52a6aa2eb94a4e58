// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Says why live capture cannot begin or go on: the interface, what is wrong and what to do. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1;

    CaptureException(String device, String problem) {
        super(device + ": " + problem);
    }
}
