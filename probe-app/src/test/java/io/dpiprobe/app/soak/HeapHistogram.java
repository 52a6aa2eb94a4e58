// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.soak;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Says how many bytes the live objects of each class take.
 *
 * @param bytesByClass by the names that the virtual machine uses
 */
record HeapHistogram(Map<String, Long> bytesByClass) {
    private static final Pattern LINE = Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+)", Pattern.MULTILINE);
    private static final int MOST = 12;

    /** Collects garbage and counts what is left. */
    static HeapHistogram now() {
        Map<String, Long> bytes = new HashMap<>();
        Matcher line = LINE.matcher(text());
        while (line.find()) {
            bytes.merge(line.group(2), Long.parseLong(line.group(1)), Long::sum);
        }
        return new HeapHistogram(bytes);
    }

    private static String text() {
        try {
            Object[] arguments = {new String[0]};
            String[] signature = {String[].class.getName()};
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            arguments,
                            signature);
        } catch (JMException e) {
            throw new IllegalStateException("this Java counts no objects", e);
        }
    }

    /** The classes that take more than before, those that grew most first. */
    List<String> growthSince(HeapHistogram before) {
        return bytesByClass.entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(), entry.getValue() - before.bytesByClass.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .map(entry -> "%+d KiB %s".formatted(entry.getValue() >> 10, entry.getKey()))
                .toList();
    }

    long totalBytes() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }
}
