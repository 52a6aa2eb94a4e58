// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.cli;

import io.dpiprobe.capture.eve.EventType;
import java.util.List;

/** Holds what is to be said of each registered protocol; a test sees to it that none is missing. */
final class ProtocolNotes {
    static final List<ProtocolNote> ALL = List.of(
            new ProtocolNote(
                    "http",
                    "RFC 9110, 9112, 1945",
                    List.of(EventType.HTTP, EventType.FILEINFO),
                    "method, host, URL, status, lengths, user agent, referrer; bodies as files, decompressed",
                    "{TransactionQueue.MAX_OPEN} requests in flight, fields of {FieldStore.MAX_VALUE_BYTES} and "
                            + "{FieldStore.MAX_BYTES} together, lines of {LineReader.MAX_LINE_BYTES}; "
                            + "{InflatedLayer.MAX_OUTPUT_BYTES} or {InflatedLayer.MAX_RATIO} times its size from a "
                            + "compressed body; with the codings br and lzma, bodies of {WholeBodyLayer.MAX_CODED_BYTES}"),
            new ProtocolNote(
                    "http2",
                    "RFC 9113, 7541; DNS inside: RFC 8484",
                    List.of(EventType.HTTP, EventType.DNS, EventType.FILEINFO),
                    "all header fields, settings, priorities, errors; bodies as files; DNS messages "
                            + "(`app_proto` `doh2`)",
                    "{StreamTable.MAX_OPEN} streams open, {HeaderList.MAX_FIELDS} fields of {HeaderList.MAX_BYTES} "
                            + "together in each direction, tables of {DynamicTable.MAX_SIZE}"),
            new ProtocolNote(
                    "websocket",
                    "RFC 6455",
                    List.of(EventType.WEBSOCKET),
                    "opcode, mask and end of each frame; what frames carry is not read",
                    "none: only headers are kept"),
            new ProtocolNote(
                    "tls",
                    "RFC 8446, 5246, 6101",
                    List.of(EventType.TLS),
                    "SNI, version, certificates of both sides, ALPN, resumption, JA3, JA3S, JA4",
                    "handshake messages of {TlsPeer.MAX_HANDSHAKE}, {HandshakeSide.MAX_KEPT} of a hello or a "
                            + "certificate, {ClientHello.MAX_EXTENSIONS} extensions, {ClientHello.MAX_CIPHER_SUITES} "
                            + "cipher suites"),
            new ProtocolNote(
                    "dtls",
                    "RFC 9147, 6347",
                    List.of(EventType.TLS),
                    "as tls",
                    "handshake messages of {DtlsPeer.MAX_HANDSHAKE}"),
            new ProtocolNote(
                    "quic",
                    "RFC 9000, 9001, 9369; drafts; Google's and Facebook's versions",
                    List.of(EventType.QUIC),
                    "SNI, version, user agent, extensions, JA3, JA3S, JA4 of the decrypted Initial",
                    "{CryptoStream.MAX_BYTES} of handshake, {ScatteredBytes.MAX_PIECES} pieces out of order, "
                            + "{QuicDissector.MAX_FAILURES} packets that cannot be opened"),
            new ProtocolNote(
                    "dns",
                    "RFC 1035, 1996, 2136, 3596, 4034, 6891, 9460",
                    List.of(EventType.DNS),
                    "questions, answers, flags, data by type; on other ports the first message must be exact to its last "
                            + "byte",
                    "names of {DnsName.MAX_LENGTH}, {DnsName.MAX_POINTERS} pointers in a name, "
                            + "{DnsHeader.MAX_RECORDS} records"),
            new ProtocolNote("mdns", "RFC 6762", List.of(EventType.MDNS), "questions and records by type", "as dns"),
            new ProtocolNote(
                    "nbns",
                    "RFC 1002",
                    List.of(EventType.NBNS),
                    "names asked for and answered by NetBIOS",
                    "none: a message is a datagram"),
            new ProtocolNote(
                    "nbdgm",
                    "RFC 1002, [MS-BRWS], [MS-ADTS]",
                    List.of(EventType.NBDGM),
                    "hosts that announce themselves, elections, hosts that look for a domain controller",
                    "none: a message is a datagram"),
            new ProtocolNote(
                    "dhcpv6",
                    "RFC 8415, 3646, 4704",
                    List.of(EventType.DHCPV6),
                    "who asks and answers, addresses, prefixes and DNS servers handed out, under `probe.dhcpv6`",
                    "{Dhcpv6Message.MAX_RELAYS} relays, {Leases.MAX} leases"),
            new ProtocolNote(
                    "llmnr",
                    "RFC 4795",
                    List.of(EventType.LLMNR),
                    "names asked for and answered",
                    "none: a message is a datagram, or framed by a length of two bytes"),
            new ProtocolNote(
                    "ssh",
                    "RFC 4253",
                    List.of(EventType.SSH),
                    "software and version of both sides, HASSH",
                    "packets of {SshPeer.MAX_PACKET}, lists for HASSH of {SshPeer.MAX_HASSH}"),
            new ProtocolNote(
                    "smb",
                    "[MS-SMB2], [MS-CIFS], [MS-SMB]",
                    List.of(EventType.SMB, EventType.SMB_ACTIVITY, EventType.FILEINFO),
                    "commands with status, shares, files, log-ins (NTLM, Kerberos), dialects; what users "
                            + "do to shares by the minute",
                    "{Connection.MAX_OPEN} commands open, {Connection.MAX_FILES} files, {Connection.MAX_TREES} trees, "
                            + "{SmbDissector.MAX_COMPOUND} commands in a compound"),
            new ProtocolNote(
                    "dcerpc",
                    "DCE 1.1, [MS-RPCE]",
                    List.of(EventType.DCERPC),
                    "bindings, calls; names of interfaces and operations under `probe.rpc`",
                    "{DcerpcDissector.MAX_OPEN_CALLS} calls open, {Bindings.MAX_CONTEXTS} contexts"),
            new ProtocolNote(
                    "krb5",
                    "RFC 4120",
                    List.of(EventType.KRB5),
                    "message, client, service, realm, encryption, errors; options and lifetimes under `probe.krb5`",
                    "{KdcRequest.MAX_TYPES} encryption types, names of {PrincipalName.MAX_PARTS} parts"),
            new ProtocolNote(
                    "ldap",
                    "RFC 4511",
                    List.of(EventType.LDAP),
                    "requests and their responses, filters",
                    "{PendingOperations.MAX_PENDING} operations open, filters {Filter.MAX_DEPTH} deep, "
                            + "{PendingOperations.MAX_KEPT_BYTES} kept"),
            new ProtocolNote(
                    "rdp",
                    "[MS-RDPBCGR]",
                    List.of(EventType.RDP),
                    "negotiation, client, channels, certificate serials",
                    "{ConnectInitial.MAX_CHANNELS} channels"),
            new ProtocolNote(
                    "nfs",
                    "RFC 1094, 1813, 7530",
                    List.of(EventType.NFS, EventType.FILEINFO),
                    "procedures, file names, renames, status, who called; transferred files",
                    "{PendingCalls.MAX_PENDING} calls open, {HandleNames.MAX_NAMES} names of handles, records of "
                            + "{RecordMark.MAX_LENGTH}"),
            new ProtocolNote(
                    "mount",
                    "RFC 1094, 1813",
                    List.of(EventType.MOUNT),
                    "directories mounted, their handles, exports and mounts of a server, who called",
                    "{PendingCalls.MAX_PENDING} calls open, {MountQuestion.MAX_ITEMS} exports or mounts, "
                            + "{RpcDissector.HEAD_BYTES} of a message"),
            new ProtocolNote(
                    "portmap",
                    "RFC 1833",
                    List.of(EventType.PORTMAP),
                    "programs sought, registered and listed, where they are, who called",
                    "{PendingCalls.MAX_PENDING} calls open, {PortmapQuestion.MAX_MAPPINGS} mappings, "
                            + "{RpcDissector.HEAD_BYTES} of a message"),
            new ProtocolNote(
                    "smtp",
                    "RFC 5321, 5322, 2045",
                    List.of(EventType.SMTP, EventType.FILEINFO),
                    "envelope, headers, attachments as files, links",
                    "{SmtpTransaction.MAX_RECIPIENTS} recipients, commands of {SmtpDissector.MAX_LINE_BYTES}, lines of "
                            + "a mail of {MessageBody.MAX_LINE_BYTES}, MIME {Boundaries.MAX_DEPTH} deep, "
                            + "{MailMessage.MAX_ATTACHMENTS} attachments"),
            new ProtocolNote(
                    "pop3",
                    "RFC 1939, 2449",
                    List.of(EventType.POP3, EventType.FILEINFO),
                    "commands and responses, mail that is fetched",
                    "{Pop3Dissector.MAX_PENDING} commands waiting, {Pop3Transaction.MAX_DATA_LINES} lines of a listing"),
            new ProtocolNote(
                    "imap",
                    "RFC 9051, 3501, 2971",
                    List.of(EventType.IMAP),
                    "log-ins, mailboxes that are opened and changed, that mail is fetched and stored; followed into TLS",
                    "{ImapCommands.MAX_PENDING} commands waiting, lines of {ImapDissector.MAX_LINE_BYTES}"),
            new ProtocolNote(
                    "ftp",
                    "RFC 959, 2428, 4217",
                    List.of(EventType.FTP),
                    "commands and replies, ports of data connections",
                    "{FtpDissector.MAX_PENDING} commands waiting, {FtpTransaction.MAX_REPLY_LINES} lines or "
                            + "{FtpTransaction.MAX_REPLY_BYTES} of a reply"),
            new ProtocolNote(
                    "ftp-data",
                    "RFC 959",
                    List.of(EventType.FTP_DATA, EventType.FILEINFO),
                    "the file, and the command that asked for it",
                    "as all files"),
            new ProtocolNote(
                    "tftp",
                    "RFC 1350, 2347, 2348",
                    List.of(EventType.TFTP, EventType.FILEINFO),
                    "file, mode and direction; the file",
                    "blocks of {TftpDissector.MAX_BLOCK_BYTES}"),
            new ProtocolNote(
                    "dhcp",
                    "RFC 2131, 2132",
                    List.of(EventType.DHCP),
                    "type, addresses, lease, host name, options asked for",
                    "none: a message is a datagram"),
            new ProtocolNote(
                    "snmp",
                    "RFC 1157, 3416, 3412",
                    List.of(EventType.SNMP),
                    "version, type, names of variables; never the community",
                    "{SnmpDissector.MAX_VARIABLES} variables"),
            new ProtocolNote(
                    "ntp",
                    "RFC 5905",
                    List.of(EventType.NTP),
                    "version, mode, stratum, reference",
                    "none: a message is a datagram"),
            new ProtocolNote(
                    "sip",
                    "RFC 3261, 8866",
                    List.of(EventType.SIP),
                    "method, URI, status, and the session described; keys are left out",
                    "heads of {SipDissector.MAX_HEAD_BYTES}, descriptions of {SipDissector.MAX_BODY_BYTES} over TCP"),
            new ProtocolNote(
                    "pgsql",
                    "PostgreSQL 17 manual, 54",
                    List.of(EventType.PGSQL),
                    "log-ins, queries, outcome, rows",
                    "{Exchange.MAX_RESPONSE_BYTES} of a response"),
            new ProtocolNote(
                    "mysql",
                    "MySQL manual, client/server protocol",
                    List.of(EventType.SQL),
                    "log-ins: user, schema, client, outcome",
                    "messages of {MysqlDissector.MAX_LENGTH} until the log-in is over"),
            new ProtocolNote(
                    "tds",
                    "[MS-TDS]",
                    List.of(EventType.SQL),
                    "log-ins to SQL Server: user, host, program, outcome",
                    "messages of {TdsDissector.MAX_LENGTH} until the log-in is over"),
            new ProtocolNote(
                    "rfb",
                    "RFC 6143",
                    List.of(EventType.RFB),
                    "versions, authentication, outcome, screen",
                    "names of {Framebuffer.MAX_NAME}"),
            new ProtocolNote(
                    "telnet",
                    "RFC 854, 855, 1073, 1079, 1091, 1572",
                    List.of(EventType.TELNET),
                    "log-ins: user, outcome, banner, terminal; what is typed afterwards is not read",
                    "lines of {TextLine.MAX_BYTES}, options of {CommandFilter.MAX_SUBNEGOTIATION}, "
                            + "{TelnetDissector.MAX_BYTES} without a log-in"),
            new ProtocolNote("bittorrent-dht", "BEP 5", List.of(), "recognised", "nothing is read"),
            new ProtocolNote("dnp3", "IEEE 1815", List.of(), "recognised", "nothing is read"));

    private ProtocolNotes() {}
}
