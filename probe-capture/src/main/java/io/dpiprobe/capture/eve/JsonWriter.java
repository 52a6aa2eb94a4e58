// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.packet.Slice;
import org.agrona.DirectBuffer;

/**
 * Writes one JSON object after another into memory it keeps, from typed values, without allocating.
 *
 * <p>No value begins behind {@link #MAX_EVENT_BYTES}: what comes later is left out whole, {@link #isTruncated()} says
 * so, and the text stays valid JSON. Strings from the wire are cut at {@link #MAX_STRING_BYTES}. Not thread-safe.
 */
public final class JsonWriter {
    /** Where an event stops growing: a quarter of a buffer segment, so that a segment always takes several. */
    @Bound(
            of = "an event",
            then = "no further values are written; it stays valid JSON",
            seen = "probe.truncated",
            unit = Bound.Unit.BYTES)
    public static final int MAX_EVENT_BYTES = 64 * 1024;
    /** Longest string in bytes read from the wire: no header or name worth keeping is longer. */
    @Bound(of = "a string from the wire", then = "it is cut", seen = "probe.truncated", unit = Bound.Unit.BYTES)
    public static final int MAX_STRING_BYTES = 8 * 1024;
    /** What one last value may take: each byte of a string as six characters, its name, and the closing fields. */
    private static final int SLACK_BYTES = 6 * MAX_STRING_BYTES + 4 * 1024;

    /** What stands where a password or the like was seen, unless it is to leave the wire. */
    private static final String SECRET = "***";

    private final TimestampText timestamps = new TimestampText();
    private final byte[] bytes = new byte[MAX_EVENT_BYTES + SLACK_BYTES];
    private final Secrets secrets;
    private int length;
    private int cap;
    private int leftOut;
    private boolean truncated;
    private boolean stringOpen;

    /** Writes without secrets. */
    public JsonWriter() {
        this(Secrets.HIDDEN);
    }

    /** @param secrets whether what {@link #secret} is given is written */
    public JsonWriter(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Forgets everything written. */
    public JsonWriter clear() {
        length = 0;
        cap = MAX_EVENT_BYTES;
        leftOut = 0;
        truncated = false;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** True if a value was left out or a string cut because the event or the string grew too large. */
    public boolean isTruncated() {
        return truncated;
    }

    /** Lets the fields in that close an event, whatever its size: at most 1 KiB of them. */
    void liftCap() {
        cap = bytes.length;
    }

    /** Begins an object as the whole text or as an item of a list. */
    public JsonWriter beginObject() {
        return begin("", '{');
    }

    /** Begins an object as a field. */
    public JsonWriter beginObject(String name) {
        return begin(name, '{');
    }

    public JsonWriter endObject() {
        return end('}');
    }

    /** Begins a list as a field. */
    public JsonWriter beginArray(String name) {
        return begin(name, '[');
    }

    public JsonWriter endArray() {
        return end(']');
    }

    /** Writes a field that is known to be plain printable ASCII, as our own constants are. */
    public JsonWriter ascii(String name, String value) {
        if (admit(name)) {
            put('"');
            putAscii(value);
            put('"');
        }
        return this;
    }

    /** True if passwords and the like are written as they went over the wire. */
    public boolean showsSecrets() {
        return secrets == Secrets.SHOWN;
    }

    /** Writes a secret from the wire as a field, or in its place that there is one. */
    public JsonWriter secret(String name, Slice value) {
        return showsSecrets() ? wire(name, value) : ascii(name, SECRET);
    }

    /** Writes, in place of a secret in a list that was not kept, that there is one. */
    public JsonWriter secretItem() {
        return asciiItem(SECRET);
    }

    /** Adds a secret from the wire to an open string, or in its place that there is one. */
    public JsonWriter appendSecret(Slice value) {
        return showsSecrets() ? appendWire(value) : append(SECRET);
    }

    /** Says that something of the event was left out before it came here. */
    public void markTruncated() {
        truncated = true;
    }

    /** Writes a list item that is known to be plain printable ASCII. */
    public JsonWriter asciiItem(String value) {
        return ascii("", value);
    }

    /** Writes bytes from the wire as a field: see {@link WireText}. */
    public JsonWriter wire(String name, Slice value) {
        if (admit(name)) {
            put('"');
            putWire(value.buffer(), value.offset(), value.length());
            put('"');
        }
        return this;
    }

    /** Writes bytes from the wire as a list item: see {@link WireText}. */
    public JsonWriter wireItem(Slice value) {
        return wire("", value);
    }

    public JsonWriter number(String name, long value) {
        if (admit(name)) {
            length = Digits.decimal(value, bytes, length);
        }
        return this;
    }

    /** Writes a number with two decimals, not negative. */
    public JsonWriter hundredths(String name, long value) {
        if (admit(name)) {
            length = Digits.decimal(value / 100, bytes, length);
            put('.');
            put((char) ('0' + value / 10 % 10));
            put((char) ('0' + value % 10));
        }
        return this;
    }

    /** Writes a number with three decimals, not negative. */
    public JsonWriter thousandths(String name, long value) {
        if (admit(name)) {
            length = Digits.decimal(value / 1000, bytes, length);
            put('.');
            put((char) ('0' + value / 100 % 10));
            put((char) ('0' + value / 10 % 10));
            put((char) ('0' + value % 10));
        }
        return this;
    }

    public JsonWriter numberItem(long value) {
        return number("", value);
    }

    public JsonWriter bool(String name, boolean value) {
        if (admit(name)) {
            putAscii(value ? "true" : "false");
        }
        return this;
    }

    /** Writes a number as a string of lower-case hexadecimal digits without leading zeros. */
    public JsonWriter hex(String name, long value) {
        if (admit(name)) {
            put('"');
            length = Digits.hex(value, bytes, length);
            put('"');
        }
        return this;
    }

    /** Writes a field from bytes that are known to be plain printable ASCII. */
    public JsonWriter asciiBytes(String name, byte[] value) {
        if (admit(name)) {
            put('"');
            System.arraycopy(value, 0, bytes, length, value.length);
            length += value.length;
            put('"');
        }
        return this;
    }

    /** Writes an IP address: see {@link AddressText}. */
    public JsonWriter address(String name, int ipVersion, long hi, long lo) {
        if (admit(name)) {
            put('"');
            length = AddressText.write(ipVersion, hi, lo, bytes, length);
            put('"');
        }
        return this;
    }

    /** Writes a time with microseconds, as EVE has it. */
    public JsonWriter timestamp(String name, long epochNs) {
        if (admit(name)) {
            put('"');
            length = timestamps.write(epochNs, bytes, length);
            put('"');
        }
        return this;
    }

    /** Begins a string field that is written piece by piece; {@link #endText()} closes it. */
    public JsonWriter beginText(String name) {
        stringOpen = admit(name);
        if (stringOpen) {
            put('"');
        }
        return this;
    }

    /** Begins a string item that is written piece by piece; {@link #endText()} closes it. */
    public JsonWriter beginTextItem() {
        return beginText("");
    }

    /** Adds plain printable ASCII to an open string. */
    public JsonWriter append(String ascii) {
        if (room(ascii.length())) {
            putAscii(ascii);
        }
        return this;
    }

    /** Adds one plain printable ASCII character to an open string. */
    public JsonWriter append(char ascii) {
        if (room(1)) {
            put(ascii);
        }
        return this;
    }

    /** Adds a decimal number to an open string. */
    public JsonWriter appendNumber(long value) {
        if (room(Digits.MAX_DECIMAL)) {
            length = Digits.decimal(value, bytes, length);
        }
        return this;
    }

    /** Adds a byte as two lower-case hexadecimal digits to an open string. */
    public JsonWriter appendHex(int value) {
        if (room(2)) {
            length = Digits.hexByte(value, bytes, length);
        }
        return this;
    }

    /** Adds a byte as two upper-case hexadecimal digits to an open string. */
    public JsonWriter appendUpperHex(int value) {
        if (room(2)) {
            length = Digits.upperHexByte(value, bytes, length);
        }
        return this;
    }

    /** Adds bytes from the wire to an open string: see {@link WireText}. */
    public JsonWriter appendWire(Slice value) {
        if (room(6 * Math.min(value.length(), MAX_STRING_BYTES))) {
            putWire(value.buffer(), value.offset(), value.length());
        }
        return this;
    }

    /** Closes the string that {@link #beginText} opened. */
    public JsonWriter endText() {
        if (stringOpen) {
            put('"');
            stringOpen = false;
        }
        return this;
    }

    /** Adds members of an object that were taken from {@link #bytes()} earlier, without their outer brackets. */
    public JsonWriter members(byte[] json, int offset, int count) {
        if (count > 0 && admit("")) {
            if (length + count > bytes.length - 1024) {
                truncated = true;
                length -= bytes[length - 1] == ',' ? 1 : 0;
                return this;
            }
            System.arraycopy(json, offset, bytes, length, count);
            length += count;
        }
        return this;
    }

    /** Where the next byte goes; {@link #rewind} takes back to it what proved empty. */
    public int mark() {
        return length;
    }

    /** Takes back everything written since {@link #mark()}: the nesting must be as it was then. */
    public void rewind(int mark) {
        length = mark;
    }

    private JsonWriter begin(String name, char bracket) {
        if (admit(name)) {
            put(bracket);
        } else {
            leftOut++;
        }
        return this;
    }

    private JsonWriter end(char bracket) {
        if (leftOut > 0) {
            leftOut--;
        } else {
            put(bracket);
        }
        return this;
    }

    /** Decides whether one more value is written, and writes what stands before it: a comma, a name. */
    private boolean admit(String name) {
        if (leftOut > 0 || length + name.length() > cap) {
            truncated = true;
            return false;
        }
        if (length > 0 && bytes[length - 1] != '{' && bytes[length - 1] != '[' && bytes[length - 1] != ':') {
            put(',');
        }
        if (!name.isEmpty()) {
            put('"');
            putAscii(name);
            put('"');
            put(':');
        }
        return true;
    }

    private boolean room(int count) {
        if (stringOpen && length + count <= bytes.length - 1024) {
            return true;
        }
        truncated |= stringOpen;
        return false;
    }

    private void putWire(DirectBuffer source, int offset, int count) {
        truncated |= count > MAX_STRING_BYTES;
        length = WireText.write(source, offset, Math.min(count, MAX_STRING_BYTES), bytes, length);
    }

    private void put(char c) {
        bytes[length++] = (byte) c;
    }

    /** Copies the low bytes of the characters at once, which is what makes plain string names cheap. */
    @SuppressWarnings("deprecation")
    private void putAscii(String value) {
        value.getBytes(0, value.length(), bytes, length);
        length += value.length();
    }
}
