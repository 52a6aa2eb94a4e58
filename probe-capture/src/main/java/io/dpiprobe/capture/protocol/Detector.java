// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import io.dpiprobe.capture.flow.Direction;

/** Recognises a protocol by the first bytes of one direction of a flow. Keeps no state. */
@FunctionalInterface
public interface Detector {
    /** {@link Verdict#OK}: it is; {@link Verdict#NEED_MORE}: it may be, too few bytes; {@link Verdict#INVALID}: it is not. */
    Verdict detect(Direction from, Cursor in);
}
