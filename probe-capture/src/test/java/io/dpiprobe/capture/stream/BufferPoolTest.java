// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private static final int BUDGET = 1024 * 1024;

    private final BufferPool pool = new BufferPool(BUDGET);

    @Test
    void lendsNoMoreThanItsBudget() {
        List<byte[]> lent = new ArrayList<>();
        byte[] next = pool.borrow(10_000);
        while (next.length > 0) {
            lent.add(next);
            next = pool.borrow(10_000);
        }
        assertThat(lent).hasSize(BUDGET / 16_384);
        assertThat(pool.lentBytes()).isEqualTo(BUDGET);
    }

    /** Found by a thousand connections with holes: each size on the way up was kept, many times the budget. */
    @Test
    void keepsIdleArraysWithinItsBudgetToo() {
        for (int size = 1000; size <= BUDGET; size *= 2) {
            List<byte[]> lent = new ArrayList<>();
            byte[] next = pool.borrow(size);
            while (next.length > 0) {
                assertThat(pool.lentBytes() + pool.idleBytes()).isLessThanOrEqualTo(BUDGET);
                lent.add(next);
                next = pool.borrow(size);
            }
            lent.forEach(pool::giveBack);
        }
        assertThat(pool.lentBytes()).isZero();
    }

    @Test
    void lendsTheSameArrayAgain() {
        byte[] first = pool.borrow(3000);
        pool.giveBack(first);

        assertThat(pool.borrow(3000)).isSameAs(first);
        assertThat(pool.idleBytes()).isZero();
    }
}
