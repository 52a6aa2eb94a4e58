// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.oncrpc;

/**
 * Tells a program that can be called by its number (RFC 5531, 8.3) and its versions.
 *
 * @param firstVersion the lowest that is read
 * @param lastVersion the highest that is read
 */
public record Program(int number, int firstVersion, int lastVersion) {
    public static final Program PORTMAPPER = new Program(100_000, 2, 4);
    public static final Program NFS = new Program(100_003, 2, 4);
    public static final Program MOUNT = new Program(100_005, 1, 3);
    /** Access lists, which travel beside NFS. */
    public static final Program NFS_ACL = new Program(100_227, 2, 4);

    /** True if this is called. */
    public boolean isOf(RpcCall call) {
        return call.program() == number && has(call.version());
    }

    boolean has(int version) {
        return version >= firstVersion && version <= lastVersion;
    }

    /** What a program is usually called; empty for one that is not well known. */
    public static String name(int number) {
        return switch (number) {
            case 100_000 -> "portmapper";
            case 100_001 -> "rstatd";
            case 100_002 -> "rusersd";
            case 100_003 -> "nfs";
            case 100_004 -> "ypserv";
            case 100_005 -> "mountd";
            case 100_007 -> "ypbind";
            case 100_008 -> "walld";
            case 100_009 -> "yppasswdd";
            case 100_011 -> "rquotad";
            case 100_012 -> "sprayd";
            case 100_017 -> "rexd";
            case 100_020 -> "llockmgr";
            case 100_021 -> "nlockmgr";
            case 100_024 -> "status";
            case 100_026 -> "bootparam";
            case 100_028 -> "ypupdated";
            case 100_029 -> "keyserv";
            case 100_068 -> "cmsd";
            case 100_069 -> "ypxfrd";
            case 100_083 -> "ttdbserverd";
            case 100_227 -> "nfs_acl";
            case 100_232 -> "sadmind";
            case 100_300 -> "nisd";
            case 150_001 -> "pcnfsd";
            case 300_019 -> "amd";
            case 391_002 -> "sgi_fam";
            default -> "";
        };
    }
}
