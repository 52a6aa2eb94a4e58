// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

/** Says whether events show passwords and the like as they went over the wire, or only that there were some. */
public enum Secrets {
    HIDDEN,
    SHOWN
}
