// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

/**
 * Names a run of a probe in its events; with lane, worker and sequence number it names an event for ever.
 *
 * @param probeId the sensor's name: printable ASCII
 * @param epoch 8 hexadecimal digits, new at every start
 * @param worker number of the capture worker, from 0
 */
public record EventIdentity(String probeId, String epoch, int worker) {}
