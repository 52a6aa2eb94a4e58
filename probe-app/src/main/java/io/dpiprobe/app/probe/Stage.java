// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.probe;

import java.util.function.LongSupplier;

/**
 * Shows whether one thread of the probe moves.
 *
 * @param name of its agent
 * @param cycles rounds that it has finished without a fault; for any thread
 */
public record Stage(String name, LongSupplier cycles) {}
