// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.bench;

import io.dpiprobe.buffer.Batch;
import io.dpiprobe.buffer.BatchSource;
import io.dpiprobe.buffer.Settlement;
import org.jspecify.annotations.Nullable;

/** Hands out the same batch for ever. */
final class RepeatedBatch implements BatchSource {
    private final Batch batch;
    private long settled;

    RepeatedBatch(Batch batch) {
        this.batch = batch;
    }

    /** How often it was delivered. */
    long settled() {
        return settled;
    }

    @Override
    public @Nullable Batch poll() {
        return batch;
    }

    @Override
    public void settle(Batch done, Settlement settlement) {
        settled++;
    }

    @Override
    public void giveBack(Batch undelivered) {
        // the next run begins anew
    }
}
