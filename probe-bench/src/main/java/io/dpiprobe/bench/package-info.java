// SPDX-License-Identifier: Apache-2.0
/** Measures the parts of the probe with JMH; docs/benchmarks.md says how to run it and what was seen. */
@NullMarked
package io.dpiprobe.bench;

import org.jspecify.annotations.NullMarked;
