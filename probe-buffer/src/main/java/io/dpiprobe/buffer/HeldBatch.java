// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Remembers in which order batches were first handed out, so that those given back go again in that order. */
abstract class HeldBatch implements Batch {
    private long turn;

    /** Place in the order of hand-outs of the lane. */
    final long turn() {
        return turn;
    }

    final void handOut(long newTurn) {
        if (turn == 0) {
            turn = newTurn;
        }
    }

    /** Where the events are when nobody is sending them. */
    abstract Ledger.Place home();
}
