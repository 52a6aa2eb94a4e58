// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture;

import io.dpiprobe.capture.protocol.Protocol;
import io.dpiprobe.capture.protocol.Registry;
import io.dpiprobe.capture.protocol.bittorrent.BittorrentProtocol;
import io.dpiprobe.capture.protocol.dcerpc.DcerpcProtocol;
import io.dpiprobe.capture.protocol.dhcp.DhcpProtocol;
import io.dpiprobe.capture.protocol.dhcpv6.Dhcpv6Protocol;
import io.dpiprobe.capture.protocol.dnp3.Dnp3Protocol;
import io.dpiprobe.capture.protocol.dns.DnsProtocol;
import io.dpiprobe.capture.protocol.ftp.FtpProtocol;
import io.dpiprobe.capture.protocol.http.HttpProtocol;
import io.dpiprobe.capture.protocol.http2.Http2Protocol;
import io.dpiprobe.capture.protocol.imap.ImapProtocol;
import io.dpiprobe.capture.protocol.krb5.KrbProtocol;
import io.dpiprobe.capture.protocol.ldap.LdapProtocol;
import io.dpiprobe.capture.protocol.mount.MountProtocol;
import io.dpiprobe.capture.protocol.mysql.MysqlProtocol;
import io.dpiprobe.capture.protocol.netbios.DatagramServiceProtocol;
import io.dpiprobe.capture.protocol.netbios.NameServiceProtocol;
import io.dpiprobe.capture.protocol.nfs.NfsProtocol;
import io.dpiprobe.capture.protocol.ntp.NtpProtocol;
import io.dpiprobe.capture.protocol.pgsql.PgsqlProtocol;
import io.dpiprobe.capture.protocol.pop3.Pop3Protocol;
import io.dpiprobe.capture.protocol.portmap.PortmapProtocol;
import io.dpiprobe.capture.protocol.quic.QuicProtocol;
import io.dpiprobe.capture.protocol.rdp.RdpProtocol;
import io.dpiprobe.capture.protocol.rfb.RfbProtocol;
import io.dpiprobe.capture.protocol.sip.SipProtocol;
import io.dpiprobe.capture.protocol.smb.SmbProtocol;
import io.dpiprobe.capture.protocol.smtp.SmtpProtocol;
import io.dpiprobe.capture.protocol.snmp.SnmpProtocol;
import io.dpiprobe.capture.protocol.ssh.SshProtocol;
import io.dpiprobe.capture.protocol.tds.TdsProtocol;
import io.dpiprobe.capture.protocol.telnet.TelnetProtocol;
import io.dpiprobe.capture.protocol.tftp.TftpProtocol;
import io.dpiprobe.capture.protocol.tls.DtlsProtocol;
import io.dpiprobe.capture.protocol.tls.TlsProtocol;
import io.dpiprobe.capture.protocol.websocket.WebsocketProtocol;
import java.util.List;

/** Registers every protocol the probe dissects, one line each, in the order in which they are looked for. */
public final class Protocols {
    private static final List<Protocol> ALL = List.of(
            HttpProtocol.HTTP,
            Http2Protocol.HTTP2,
            TlsProtocol.TLS,
            DnsProtocol.DNS_UDP,
            DnsProtocol.DNS_TCP,
            DnsProtocol.MDNS,
            SshProtocol.SSH,
            Pop3Protocol.POP3,
            ImapProtocol.IMAP,
            TftpProtocol.TFTP,
            SmtpProtocol.ON_PORT,
            SmtpProtocol.SMTP,
            FtpProtocol.FTP,
            FtpProtocol.ON_PORT_21,
            FtpProtocol.DATA,
            SmbProtocol.SMB,
            DcerpcProtocol.DCERPC,
            DcerpcProtocol.DATAGRAMS,
            QuicProtocol.QUIC,
            DtlsProtocol.DTLS,
            DhcpProtocol.DHCP,
            KrbProtocol.UDP,
            KrbProtocol.TCP,
            LdapProtocol.UDP,
            LdapProtocol.TCP,
            RdpProtocol.RDP,
            PgsqlProtocol.PGSQL,
            RfbProtocol.RFB,
            NfsProtocol.UDP,
            NfsProtocol.TCP,
            MountProtocol.UDP,
            MountProtocol.TCP,
            PortmapProtocol.UDP,
            PortmapProtocol.TCP,
            SnmpProtocol.SNMP,
            NtpProtocol.NTP,
            Dhcpv6Protocol.DHCPV6,
            NameServiceProtocol.NBNS,
            DatagramServiceProtocol.NBDGM,
            NameServiceProtocol.LLMNR,
            NameServiceProtocol.LLMNR_TCP,
            SipProtocol.UDP,
            SipProtocol.TCP,
            WebsocketProtocol.WEBSOCKET,
            TelnetProtocol.TELNET,
            BittorrentProtocol.DHT,
            Dnp3Protocol.DNP3,
            MysqlProtocol.MYSQL,
            TdsProtocol.TDS,
            TdsProtocol.MIDSTREAM,
            DnsProtocol.DNS_UDP_ELSEWHERE,
            DnsProtocol.DNS_TCP_ELSEWHERE);

    private Protocols() {}

    public static Registry registry() {
        return new Registry(ALL);
    }
}
