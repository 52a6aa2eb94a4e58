// SPDX-License-Identifier: Apache-2.0
/** Shows what the probe counts to Prometheus. */
@NullMarked
package io.dpiprobe.app.metrics;

import org.jspecify.annotations.NullMarked;
