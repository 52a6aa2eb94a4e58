// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import java.io.IOException;

/** Opens a source, each time it is asked. */
@FunctionalInterface
public interface SourceOpener {
    PacketSource open() throws IOException;
}
