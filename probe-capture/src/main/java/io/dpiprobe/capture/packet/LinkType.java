// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.packet;

/** Names the link types of capture files that the decoder knows (LINKTYPE_ values of libpcap). */
public final class LinkType {
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    public static final int PPP = 9;
    /** Raw IP as some systems number it in their own captures (DLT_RAW). */
    public static final int DLT_RAW = 12;

    public static final int DLT_RAW_OPENBSD = 14;
    public static final int RAW = 101;
    public static final int C_HDLC = 104;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
