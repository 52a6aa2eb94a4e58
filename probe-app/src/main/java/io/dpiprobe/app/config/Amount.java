// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

/**
 * States a number of bytes, or a share of something.
 *
 * @param value bytes, or per cent
 * @param isShare whether it is per cent
 */
record Amount(long value, boolean isShare) {
    /** Bytes, if a share is of this whole. */
    long bytesOf(long wholeBytes) {
        return isShare ? wholeBytes / 100 * value : value;
    }
}
