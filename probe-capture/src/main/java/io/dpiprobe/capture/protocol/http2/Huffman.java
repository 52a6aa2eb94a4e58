// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.http2;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Decodes the Huffman code of header compression (RFC 7541, 5.2), four bits at a time.
 *
 * <p>The code is canonical: the lengths of Appendix B say all there is to know. Its tree has a state for each inner
 * node; a step takes a state and four bits to the next state, and may pass one leaf, since no code is shorter than five
 * bits.
 */
final class Huffman {
    /** What {@link #decode} answers to bytes that are no such code, or do not fit. */
    static final int INVALID = -1;

    /** Every symbol's length in bits, one letter each: 'a' is 1. The last is the end of string. */
    private static final String LENGTHS = "mw|||||||x~||~||||||||~|||||||||" // 0..31
            + "fjjlmfhkjjhkhfffeeefffffffghoflj" // ' '..'?'
            + "mfgggggggggggggggggggggghghmsmnf" // '@'..'_'
            + "oefefefffeggfffefgfeefgggggoknm|" // '`'..127
            + "tvttvvvwvwwwwwxwxxvwxwwwwuvwvwwx" // 128..159
            + "vutvvwwuwvvxuvwwuuvuwvwwtvvvwvvw" // 160..191
            + "zztsvwvyzzz{{zxysuz{{z{xuuzz|{{{" // 192..223
            + "txtuvuuwvvyyxxzwz{zz{{{{{|{{{{{z" // 224..255
            + "~";

    private static final int SYMBOLS = 257;
    private static final int END_OF_STRING = 256;
    private static final int STATES = SYMBOLS - 1;
    private static final int STEPS = 16;
    /** Bits of padding behind the last symbol, all ones, at most. */
    private static final int MAX_PADDING = 7;

    private static final int EMITS = 1 << 16;
    private static final int FAILS = 1 << 17;
    /** By state and four bits: the next state in bits 8-15, a symbol in bits 0-7 if {@link #EMITS}. */
    private static final int[] TABLE = new int[STATES * STEPS];
    /** By state: whether a string may end there. */
    private static final boolean[] ENDS = new boolean[STATES];

    static {
        fillTable(tree());
    }

    private Huffman() {}

    /** Decodes {@code length} bytes into {@code out}, from {@code at} on: how many came out, or {@link #INVALID}. */
    static int decode(DirectBuffer in, int offset, int length, byte[] out, int at) {
        int state = 0;
        int to = at;
        for (int i = 0; i < length; i++) {
            int b = in.getByte(offset + i);
            for (int shift = 4; shift >= 0; shift -= 4) {
                int step = TABLE[state * STEPS + ((b >> shift) & 15)];
                if (step >= FAILS || (step >= EMITS && to == out.length)) {
                    return INVALID;
                }
                if (step >= EMITS) {
                    out[to++] = (byte) step;
                }
                state = step >> 8 & 0xff;
            }
        }
        return ENDS[state] ? to - at : INVALID;
    }

    /** Children of each inner node: an inner node's number, or the complement of a symbol. */
    private static int[][] tree() {
        int[][] tree = new int[STATES][2];
        int nodes = 1;
        int code = 0;
        int length = 1;
        for (int key : byLength()) {
            code <<= (key >> 9) - length;
            length = key >> 9;
            int node = 0;
            for (int bit = length - 1; bit > 0; bit--) {
                int side = code >> bit & 1;
                if (tree[node][side] == 0) {
                    tree[node][side] = nodes++;
                }
                node = tree[node][side];
            }
            tree[node][code & 1] = ~(key & 0x1ff);
            code++;
        }
        return tree;
    }

    /** Symbols with their lengths in front of them, in the order of their codes. */
    private static int[] byLength() {
        int[] keys = new int[SYMBOLS];
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            keys[symbol] = (LENGTHS.charAt(symbol) - '`') << 9 | symbol;
        }
        Arrays.sort(keys);
        return keys;
    }

    private static void fillTable(int[][] tree) {
        for (int state = 0; state < STATES; state++) {
            for (int bits = 0; bits < STEPS; bits++) {
                TABLE[state * STEPS + bits] = step(tree, state, bits);
            }
        }
        int state = 0;
        for (int ones = 0; ones <= MAX_PADDING; ones++) {
            ENDS[state] = true;
            state = tree[state][1];
        }
    }

    private static int step(int[][] tree, int from, int bits) {
        int node = from;
        int emitted = 0;
        for (int bit = 3; bit >= 0; bit--) {
            node = tree[node][bits >> bit & 1];
            if (node < 0) {
                if (~node == END_OF_STRING) {
                    return FAILS;
                }
                emitted = EMITS | ~node;
                node = 0;
            }
        }
        return node << 8 | emitted;
    }
}
