// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a 2xx says.
 *
 * @param status OK, DUPLICATE, PARTIAL, BACKPRESSURE, or what else Core calls it
 * @param ackedThrough last sequence number that Core has taken, null if it did not say
 * @param rejected sequence numbers that Core refuses, with its reasons
 * @param retryAfterMs 0 if Core did not say
 * @param items what became of each event in the order of the request, if Core says it that way; else empty
 */
public record Reply(
        String status, @Nullable Long ackedThrough, Map<Long, String> rejected, long retryAfterMs, List<Item> items) {
    /** An empty body, or one that is none of ours. */
    public static final Reply EMPTY = new Reply("", null, Map.of(), 0, List.of());

    /** What can become of an event. */
    public enum Fate {
        TAKEN,
        /** Not taken for now. */
        AGAIN,
        /** Not taken until somebody changes something. */
        CONFIGURATION,
        /** Refused for good. */
        REFUSED
    }

    /** What became of an event, and why. */
    public record Item(Fate fate, String reason) {
        private static final int LONGEST_CODE = 64;

        /** A reason is a code such as mapper_parsing_exception; prose of Core's may repeat what it was told, and is left out. */
        public Item {
            if (!isCode(reason)) {
                reason = "rejected";
            }
        }

        private static boolean isCode(String text) {
            return text.length() <= LONGEST_CODE
                    && text.chars().allMatch(c -> c == '_' || c == '-' || c == '.' || Character.isLetterOrDigit(c));
        }

        static final Item TAKEN = new Item(Fate.TAKEN, "");
        private static final Item UNMENTIONED = new Item(Fate.AGAIN, "unmentioned");

        static Item again(String reason) {
            return new Item(Fate.AGAIN, reason);
        }

        static Item configuration(String reason) {
            return new Item(Fate.CONFIGURATION, reason);
        }

        /** Refused for good. */
        public static Item refused(String reason) {
            return new Item(Fate.REFUSED, reason);
        }
    }

    /** Says what became of each event. */
    static Reply ofItems(List<Item> items) {
        return new Reply("", null, Map.of(), 0, List.copyOf(items));
    }

    /** Whether it is about all events of the request alike. */
    public boolean saysNothingOfEvents() {
        return ackedThrough == null && rejected.isEmpty() && items.isEmpty();
    }

    public boolean isBackpressure() {
        return status.equals("BACKPRESSURE");
    }

    /** Whether some event is not taken though nothing is wrong with it. */
    public boolean wantsAgain() {
        return items.stream().anyMatch(item -> item.fate() == Fate.AGAIN);
    }

    /** Why events cannot be taken until somebody changes something; null if that is not so. */
    public @Nullable String configurationProblem() {
        return items.stream()
                .filter(item -> item.fate() == Fate.CONFIGURATION)
                .map(Item::reason)
                .findFirst()
                .orElse(null);
    }

    /**
     * What became of one event.
     *
     * @param position in the request, from 0
     * @param seq its sequence number
     */
    public Item of(int position, long seq) {
        if (!items.isEmpty()) {
            return position < items.size() ? items.get(position) : Item.UNMENTIONED;
        }
        if (ackedThrough != null && seq > ackedThrough) {
            return Item.UNMENTIONED;
        }
        String reason = rejected.get(seq);
        return reason == null ? Item.TAKEN : Item.refused(reason);
    }
}
