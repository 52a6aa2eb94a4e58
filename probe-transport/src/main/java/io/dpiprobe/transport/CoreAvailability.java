// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport;

/** Hears whether Core takes events at present; called on the transport loop when that changes. */
@FunctionalInterface
public interface CoreAvailability {
    void unavailable(boolean unavailable);
}
