// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mysql;

/** Knows what a server begins with: protocol 10, version, and what is needed to prove a password. */
final class Greeting {
    static final int PROTOCOL = 10;
    /** Up to the capabilities, with a version of one character. */
    static final int MIN_LENGTH = 18;
    /** Versions are short, and the data for proofs is some twenty bytes. */
    static final int MAX_LENGTH = 512;

    private Greeting() {}
}
