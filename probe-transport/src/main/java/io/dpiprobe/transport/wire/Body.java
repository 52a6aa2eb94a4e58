// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

/**
 * What one request carries.
 *
 * @param bytes the events, compressed
 * @param coding how
 * @param digest SHA-256 of the bytes, in Base64
 * @param firstSeq of the first event
 * @param lastSeq of the last event
 * @param count number of events
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Body(byte[] bytes, ContentCoding coding, String digest, long firstSeq, long lastSeq, int count) {}
