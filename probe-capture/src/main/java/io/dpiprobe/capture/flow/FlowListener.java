// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.flow;

/** Hears of flows that end. */
@FunctionalInterface
public interface FlowListener<F extends Flow> {
    /** Called before the flow is forgotten; it must not be kept. */
    void onFlowEnd(F flow, EndReason reason);
}
