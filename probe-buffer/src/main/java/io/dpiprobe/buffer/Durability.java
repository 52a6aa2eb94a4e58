// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer;

/** Chooses which events go through the disk. */
public enum Durability {
    /** Only what memory cannot hold, or what Core does not take. */
    OVERFLOW,
    /** Every event, before it is sent. */
    ALL
}
