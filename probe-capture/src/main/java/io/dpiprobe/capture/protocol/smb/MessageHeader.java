// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

/** Holds what the headers of both generations of SMB say: what is asked, by whom, and how it ended. */
class MessageHeader {
    /** For SMB1, with {@link Smb1Command#FAMILY} set. */
    int command;
    /** An NT status, or with {@link #dosError} a code of its class. */
    int status;
    /** Class and code of an answer in the style of DOS (MS-CIFS 2.2.3.1), if it was given so. */
    boolean dosError;

    /** Tells a request's answer from others. */
    long messageId;

    long treeId;
    long sessionId;
    boolean response;
}
