// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.capture.eve.EventType;
import java.util.List;

/**
 * Describes a protocol to a reader of events.
 *
 * @param name as it is registered
 * @param specification which documents it is read by
 * @param events what it makes, beside flow records and anomalies
 * @param fields what the events tell
 * @param limits where reading ends, beside what holds for all protocols; bounds by their names, in braces
 */
record ProtocolNote(String name, String specification, List<EventType> events, String fields, String limits) {}
