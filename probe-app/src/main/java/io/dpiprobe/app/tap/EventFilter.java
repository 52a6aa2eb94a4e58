// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.tap;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Chooses events by type and host. It looks for members at the top of an event, which come before all others; a quote
 * inside a string is escaped, so that nothing from the wire can look like one.
 */
public final class EventFilter {
    /** Lets everything pass. */
    public static final EventFilter ALL = new EventFilter(Set.of(), Set.of());

    private static final byte[] TYPE = ascii("\"event_type\":\"");
    private static final byte[] SOURCE = ascii("\"src_ip\":\"");
    private static final byte[] DESTINATION = ascii("\"dest_ip\":\"");

    private final Set<String> types;
    private final Set<String> hosts;

    /**
     * Chooses.
     *
     * @param types event types that pass, all if empty
     * @param hosts addresses of which an event must have one, any if empty
     */
    public EventFilter(Set<String> types, Set<String> hosts) {
        this.types = Set.copyOf(types);
        this.hosts = Set.copyOf(hosts);
    }

    boolean passes(byte[] event) {
        return (types.isEmpty() || types.contains(value(event, TYPE)))
                && (hosts.isEmpty()
                        || hosts.contains(value(event, SOURCE))
                        || hosts.contains(value(event, DESTINATION)));
    }

    /** The first value of a member, or nothing. */
    private static String value(byte[] event, byte[] member) {
        int from = indexOf(event, member);
        if (from < 0) {
            return "";
        }
        int begin = from + member.length;
        int end = begin;
        while (end < event.length && event[end] != '"') {
            end++;
        }
        return new String(event, begin, end - begin, StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] event, byte[] wanted) {
        for (int i = 0; i + wanted.length <= event.length; i++) {
            if (event[i] == '"' && Arrays.equals(event, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
