// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.source;

import io.dpiprobe.capture.packet.LinkType;

/** Translates between link types as files number them and as libpcap does on Linux; they differ for raw IP. */
final class LinkTypes {
    private LinkTypes() {}

    static int toLibPcap(int linkType) {
        return linkType == LinkType.RAW ? LinkType.DLT_RAW : linkType;
    }

    static int fromLibPcap(int linkType) {
        return linkType == LinkType.DLT_RAW ? LinkType.RAW : linkType;
    }
}
