// SPDX-License-Identifier: Apache-2.0
/** Follows conversations: the flow key, the flow table and its timeouts. Pure. */
@NullMarked
package io.dpiprobe.capture.flow;

import org.jspecify.annotations.NullMarked;
