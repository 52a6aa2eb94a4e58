// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

/**
 * Describes an interface of a pcapng section.
 *
 * @param linkType LINKTYPE_ value
 * @param snapLength captured bytes of a packet at most; 0 is no limit
 */
record CaptureInterface(int linkType, long snapLength, TimestampUnit unit) {}
