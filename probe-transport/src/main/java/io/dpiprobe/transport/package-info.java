// SPDX-License-Identifier: Apache-2.0
/** Delivers batches of events to Core and settles them by its answers. */
@NullMarked
package io.dpiprobe.transport;

import org.jspecify.annotations.NullMarked;
