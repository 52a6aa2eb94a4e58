// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Names how the events that are kept are chosen while only a share is. */
public enum SamplingMode {
    /** By flow, so that every sensor that sees a flow decides the same. */
    FLOW,
    /** Each event by itself. */
    RANDOM,
    /** Each event by itself, with a share that shrinks with the square of the backlog. */
    PROBABILISTIC,
    /** Everything is kept. */
    OFF
}
