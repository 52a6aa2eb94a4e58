// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.level;

/**
 * What was measured over a window.
 *
 * @param delivered events that Core took, as a share of those accepted meanwhile; 1 if nothing has to wait
 * @param latencyMs response time that 95 of 100 answers did not exceed, 0 if there were none
 * @param backlog share of memory that is taken now
 */
public record Signals(double delivered, double latencyMs, double backlog) {}
