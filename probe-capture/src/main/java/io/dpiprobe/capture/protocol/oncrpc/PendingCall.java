// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

/** Keeps by what number a call waits for its reply. */
public abstract class PendingCall {
    private int xid;
    private boolean pending;

    /** It waits from now on. */
    protected final void begin(int xid) {
        this.xid = xid;
        pending = true;
    }

    /** It is answered, or nothing more will come. */
    public final void end() {
        pending = false;
    }

    public final int xid() {
        return xid;
    }

    public final boolean isPending() {
        return pending;
    }
}
