// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.mount;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.Cursor;
import io.dpiprobe.capture.protocol.nfs.HandleDigest;
import io.dpiprobe.capture.protocol.nfs.NfsStatus;
import io.dpiprobe.capture.protocol.ntlm.WireString;
import io.dpiprobe.capture.protocol.oncrpc.Caller;
import io.dpiprobe.capture.protocol.oncrpc.RpcQuestion;
import io.dpiprobe.capture.protocol.oncrpc.Xdr;

/** Keeps what a server of MOUNT is asked, and writes it with what it answers (RFC 1813, 5.2). */
final class MountQuestion implements RpcQuestion {
    /** Exports, or mounts of clients, that are shown: a file server of an office has a dozen. */
    @Bound(of = "exports or mounts that a server lists", then = "further ones are counted")
    static final int MAX_ITEMS = 64;
    /** Hosts shown that may use an export. */
    @Bound(of = "hosts that may use an export", then = "further ones are left out")
    static final int MAX_GROUPS = 16;
    /** Ways to authenticate that are shown. */
    @Bound(of = "flavors of authentication of an export", then = "further ones are left out")
    static final int MAX_FLAVORS = 16;

    /** RFC 1813, 5.1.2. */
    private static final int MAX_PATH = 1024;
    /** RFC 1813, 5.1.3. */
    private static final int MAX_NAME = 255;

    private static final int HANDLE_1 = 32;
    private static final int HANDLE_3 = 64;

    private final WireString directory = new WireString();
    private final HandleDigest digest = new HandleDigest();
    private final Slice bytes = new Slice();
    private final Slice host = new Slice();
    private Procedure procedure = Procedure.UNKNOWN;
    private int version;

    @Override
    public void read(int version, int procedure, Cursor in) {
        this.version = version;
        this.procedure = Procedure.of(procedure);
        directory.clear();
        if (this.procedure.hasDirectory()) {
            Xdr.opaque(in, MAX_PATH, bytes);
            directory.set(bytes);
        }
    }

    @Override
    public void write(JsonWriter json) {
        json.ascii("procedure", procedure.name());
        if (!directory.isEmpty()) {
            json.wire("directory", directory.text());
        }
    }

    @Override
    public void writeResults(Cursor in, JsonWriter json) {
        int status = procedure == Procedure.MNT ? in.i32() : NfsStatus.OK;
        json.ascii("status", NfsStatus.name(status));
        if (status != NfsStatus.OK || in.failed()) {
            return;
        }
        switch (procedure) {
            case MNT -> writeHandle(in, json);
            case DUMP -> writeMounts(in, json);
            case EXPORT, EXPORTALL -> writeExports(in, json);
            default -> {}
        }
    }

    private void writeHandle(Cursor in, JsonWriter json) {
        if (version < 3) {
            in.slice(HANDLE_1, bytes);
        } else {
            Xdr.opaque(in, HANDLE_3, bytes);
        }
        if (in.failed()) {
            return;
        }
        json.hex("hhash", digest.of(bytes) & 0xffff_ffffL);
        if (version == 3) {
            json.beginArray("auth_types");
            int count = Math.min(in.i32(), MAX_FLAVORS);
            for (int i = 0; i < count && in.hasRemaining(); i++) {
                json.asciiItem(flavor(in.i32()));
            }
            json.endArray();
        }
    }

    /** Numbers of their own stand for Kerberos, and what it protects (RFC 2623, 2.7). */
    private static String flavor(int number) {
        return switch (number) {
            case 390_003 -> "KRB5";
            case 390_004 -> "KRB5I";
            case 390_005 -> "KRB5P";
            default -> Caller.flavorName(number);
        };
    }

    /** In front of each is a one if it follows. */
    private void writeMounts(Cursor in, JsonWriter json) {
        int count = 0;
        json.beginArray("mounts");
        while (in.i32() == 1) {
            Xdr.opaque(in, MAX_NAME, host);
            Xdr.opaque(in, MAX_PATH, bytes);
            if (!in.failed() && count++ < MAX_ITEMS) {
                json.beginObject().wire("host", host).wire("directory", bytes).endObject();
            }
        }
        json.endArray().number("count", count);
    }

    private void writeExports(Cursor in, JsonWriter json) {
        int count = 0;
        json.beginArray("exports");
        while (in.i32() == 1) {
            Xdr.opaque(in, MAX_PATH, bytes);
            boolean shown = !in.failed() && count++ < MAX_ITEMS;
            if (shown) {
                json.beginObject().wire("directory", bytes).beginArray("groups");
            }
            int groups = 0;
            while (in.i32() == 1) {
                Xdr.opaque(in, MAX_NAME, host);
                if (shown && !in.failed() && groups++ < MAX_GROUPS) {
                    json.wireItem(host);
                }
            }
            if (shown) {
                json.endArray().endObject();
            }
        }
        json.endArray().number("count", count);
    }
}
