// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.dns;

import java.util.BitSet;
import java.util.Locale;

/** Names resource record types and response codes (IANA, "Domain Name System Parameters"). */
final class DnsType {
    static final int A = 1;
    static final int NS = 2;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int NULL = 10;
    static final int PTR = 12;
    static final int MX = 15;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int OPT = 41;
    static final int SSHFP = 44;
    static final int NSEC = 47;

    private static final String[] NAMES = new String[65536];
    private static final String[] LOWER_CASE_NAMES = new String[65536];
    private static final BitSet ASSIGNED = new BitSet();
    private static final String[] RCODES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE",
        "11",
        "12",
        "13",
        "14",
        "15"
    };

    static {
        name(1, "A", "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "NULL", "WKS", "PTR", "HINFO", "MINFO", "MX");
        name(16, "TXT", "RP", "AFSDB", "X25", "ISDN", "RT", "NSAP", "NSAPPTR", "SIG", "KEY", "PX", "GPOS", "AAAA");
        name(29, "LOC", "NXT", "EID", "NIMLOC", "SRV", "ATMA", "NAPTR", "KX", "CERT", "A6", "DNAME", "SINK", "OPT");
        name(42, "APL", "DS", "SSHFP", "IPSECKEY", "RRSIG", "NSEC", "DNSKEY", "DHCID", "NSEC3", "NSEC3PARAM", "TLSA");
        name(53, "SMIMEA");
        name(55, "HIP", "NINFO", "RKEY", "TALINK", "CDS", "CDNSKEY", "OPENPGPKEY", "CSYNC", "ZONEMD", "SVCB", "HTTPS");
        name(99, "SPF", "UINFO", "UID", "GID", "UNSPEC", "NID", "L32", "L64", "LP", "EUI48", "EUI64");
        name(249, "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY", "URI", "CAA", "AVC", "DOA", "AMTRELAY");
        name(32768, "TA", "DLV");
    }

    private DnsType() {}

    private static void name(int first, String... names) {
        for (int i = 0; i < names.length; i++) {
            NAMES[first + i] = names[i];
            LOWER_CASE_NAMES[first + i] = names[i].toLowerCase(Locale.ROOT);
            ASSIGNED.set(first + i);
        }
    }

    /** True if the number stands for a type. */
    static boolean isAssigned(int type) {
        return ASSIGNED.get(type);
    }

    /** The name of a type; the number as text where it has none. */
    static String nameOf(int type) {
        String name = NAMES[type];
        return name == null ? unnamed(type) : name;
    }

    /** The name of a type in lower case, as events of multicast DNS have it. */
    static String lowerCaseNameOf(int type) {
        String name = LOWER_CASE_NAMES[type];
        return name == null ? unnamed(type) : name;
    }

    static String rcode(int rcode) {
        return RCODES[rcode];
    }

    private static String unnamed(int type) {
        NAMES[type] = Integer.toString(type);
        LOWER_CASE_NAMES[type] = NAMES[type];
        return NAMES[type];
    }
}
