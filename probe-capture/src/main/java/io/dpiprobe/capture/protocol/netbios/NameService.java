// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.netbios;

import io.dpiprobe.capture.eve.EventType;

/** Names the services whose messages have the form of DNS. */
enum NameService {
    NBNS(EventType.NBNS),
    LLMNR(EventType.LLMNR);

    final EventType event;

    NameService(EventType event) {
        this.event = event;
    }
}
