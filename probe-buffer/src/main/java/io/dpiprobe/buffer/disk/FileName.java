// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Understands the names of the files in the directory of a lane.
 *
 * @param number the file's number
 * @param events events in it, if it is finished
 * @param isOpen true if it has a name that the queue gave it
 */
record FileName(int number, int events, boolean isOpen) {
    private static final Pattern FINISHED = Pattern.compile("(\\d{10})\\.(\\d{1,9})\\" + BlockFile.SUFFIX);

    /** {@code 0000000011.5210.blocks}: number 11, 5210 events. */
    static String finished(int number, int events) {
        return "%010d.%d%s".formatted(number, events, BlockFile.SUFFIX);
    }

    /** What the name says; null if it is none of ours. */
    static @Nullable FileName of(Path path) {
        String name = String.valueOf(path.getFileName());
        // With the power lost at the wrong moment, the name from before the first append may be the one left.
        if (name.endsWith(QueueFile.SUFFIX) || name.endsWith(QueueFile.ALLOCATED_SUFFIX)) {
            int number = FileNumbers.numberOf(name.substring(0, name.lastIndexOf('.')));
            return number < 0 ? null : new FileName(number, 0, true);
        }
        Matcher matcher = FINISHED.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        try {
            return new FileName(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), false);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
