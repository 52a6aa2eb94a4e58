// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.eve;

import io.dpiprobe.buffer.Lane;
import java.util.Locale;

/** Names every kind of event and, for want of another wish, the lane it travels in: the one table of DESIGN 3.1. */
public enum EventType {
    ANOMALY(Lane.HIGH),
    ARP(Lane.LOW),
    DCERPC(Lane.HIGH),
    DHCP(Lane.HIGH),
    DHCPV6(Lane.HIGH),
    DNS(Lane.HIGH),
    FILEINFO(Lane.NORMAL),
    FLOW(Lane.NORMAL),
    FLOW_UPDATE(Lane.LOW),
    FTP(Lane.NORMAL),
    FTP_DATA(Lane.NORMAL),
    HTTP(Lane.HIGH),
    IMAP(Lane.NORMAL),
    KRB5(Lane.HIGH),
    LDAP(Lane.HIGH),
    LEDGER(Lane.HIGH),
    LLMNR(Lane.LOW),
    MDNS(Lane.LOW),
    MOUNT(Lane.HIGH),
    NBDGM(Lane.LOW),
    NBNS(Lane.LOW),
    NFS(Lane.HIGH),
    NTP(Lane.LOW),
    PGSQL(Lane.NORMAL),
    POP3(Lane.NORMAL),
    PORTMAP(Lane.NORMAL),
    QUIC(Lane.HIGH),
    RDP(Lane.HIGH),
    RFB(Lane.HIGH),
    SIP(Lane.NORMAL),
    SMB(Lane.HIGH),
    SMB_ACTIVITY(Lane.HIGH),
    SMTP(Lane.NORMAL),
    SNMP(Lane.NORMAL),
    SQL(Lane.NORMAL),
    SSH(Lane.HIGH),
    TELNET(Lane.HIGH),
    TFTP(Lane.NORMAL),
    TLS(Lane.HIGH),
    WEBSOCKET(Lane.LOW);

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Lane lane;

    EventType(Lane lane) {
        this.lane = lane;
    }

    /** The value of {@code event_type}, and the name of the object that carries its fields. */
    public String label() {
        return label;
    }

    public Lane lane() {
        return lane;
    }
}
