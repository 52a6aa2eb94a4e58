// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/**
 * What a source counted since it was opened, in packets unless said otherwise.
 *
 * @param captured handed to the probe
 * @param capturedBytes captured bytes handed to the probe
 * @param kernelDropped lost because the capture ring was full
 * @param interfaceDropped lost by the interface or its driver
 */
public record SourceCounters(long captured, long capturedBytes, long kernelDropped, long interfaceDropped) {
    /** Nothing counted yet. */
    public static final SourceCounters ZERO = new SourceCounters(0, 0, 0, 0);

    /** The sums of both. */
    public SourceCounters plus(SourceCounters other) {
        return new SourceCounters(
                captured + other.captured,
                capturedBytes + other.capturedBytes,
                kernelDropped + other.kernelDropped,
                interfaceDropped + other.interfaceDropped);
    }
}
