// SPDX-License-Identifier: Apache-2.0
/** What every dissector shares: cursor, verdicts, detection, registry. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol;

import org.jspecify.annotations.NullMarked;
