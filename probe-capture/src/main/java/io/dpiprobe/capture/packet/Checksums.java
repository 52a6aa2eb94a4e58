// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Says whether packets whose checksum is wrong are dissected. */
public enum Checksums {
    /** They are: captures on a sending host are full of checksums that the network card fills in later. */
    IGNORED,
    /** They are not, since their receiver drops them too: whoever sends them means the sensor. */
    VERIFIED
}
