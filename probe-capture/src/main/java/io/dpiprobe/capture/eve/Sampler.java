// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Admission;
import io.dpiprobe.buffer.Lane;
import io.dpiprobe.buffer.SamplingMode;
import io.dpiprobe.capture.flow.CommunityId;
import io.dpiprobe.capture.flow.Flow;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the events that are kept while only a share of a lane is. One per worker.
 *
 * <p>By flow, the first 30 bits of the digest in the Community ID decide: whoever knows the ID knows the decision, and
 * what is kept at a small share is kept at a larger one too.
 */
final class Sampler {
    /** Of 6 bits each. */
    private static final int CHARACTERS = 5;

    private static final long DIGESTS = 1L << (6 * CHARACTERS);

    /** Behind the version of the Community ID and its colon. */
    private static final int DIGEST_AT = 2;

    private final Admission admission;
    private final SamplingMode mode;
    private final SplittableRandom random;
    private final CommunityId communityId = new CommunityId();

    Sampler(Sampling sampling) {
        this.admission = sampling.admission();
        this.mode = sampling.mode();
        this.random = new SplittableRandom(sampling.seed());
    }

    /** The share of a lane that is kept now, in thousandths. */
    int share(Lane lane) {
        return admission.share(lane);
    }

    /** Whether an event of a flow, or of none, is among the share that is kept. */
    boolean keeps(int share, @Nullable Flow flow) {
        if (flow == null || mode != SamplingMode.FLOW) {
            return random.nextInt(Admission.ALL) < share;
        }
        return digest(communityId.of(flow)) * Admission.ALL < share * DIGESTS;
    }

    private static long digest(byte[] communityId) {
        long digest = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            digest = digest << 6 | sixBits(communityId[DIGEST_AT + i]);
        }
        return digest;
    }

    /** Reads a character of Base64 (RFC 4648, 4). */
    private static int sixBits(byte character) {
        if (character >= 'a') {
            return character - 'a' + 26;
        } else if (character >= 'A') {
            return character - 'A';
        } else if (character >= '0') {
            return character - '0' + 52;
        }
        return character == '+' ? 62 : 63;
    }
}
