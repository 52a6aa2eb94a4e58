// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a worker lends to its flows ends somewhere. */
class PoolsTest {
    @Test
    @Tag("limit:InflaterPool.MAX_LENT")
    void lendsSoManyDecompressors() {
        InflaterPool pool = new InflaterPool();
        List<Inflater> lent = new ArrayList<>();
        for (int i = 0; i < InflaterPool.MAX_LENT; i++) {
            lent.add(Objects.requireNonNull(pool.borrow()));
        }
        assertThat(pool.borrow()).isNull();

        lent.forEach(pool::giveBack);
        assertThat(pool.borrow()).isNotNull();
    }

    @Test
    @Tag("limit:DigestPool.MAX_LENT")
    void lendsSoManyDigests() {
        DigestPool pool = new DigestPool();
        Digests last = Objects.requireNonNull(pool.borrow());
        for (int i = 1; i < DigestPool.MAX_LENT; i++) {
            last = Objects.requireNonNull(pool.borrow());
        }
        assertThat(pool.borrow()).isNull();

        pool.giveBack(last);
        assertThat(pool.borrow()).isSameAs(last);
    }
}
