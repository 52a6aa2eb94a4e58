// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.flow.Direction;
import io.dpiprobe.capture.flow.Flow;
import io.dpiprobe.capture.packet.Slice;
import io.dpiprobe.capture.protocol.ntlm.WireString;

/** Counts what one user of one client does to one share of one server during an interval. Reused. */
final class ActivityRow {
    final WireString share = new WireString();
    final WireString domain = new WireString();
    final WireString user = new WireString();
    final Extensions extensions = new Extensions();
    final RepeatedNames created = new RepeatedNames();
    /** Messages that are encrypted or compressed, and their bytes, by direction. */
    final long[] sealedMessages = new long[2];

    final long[] sealedBytes = new long[2];
    final long[] compressedMessages = new long[2];
    final long[] compressedBytes = new long[2];
    int ipVersion;
    long clientHi;
    long clientLo;
    long serverHi;
    long serverLo;
    long filesCreated;
    long filesOverwritten;
    long filesRead;
    long filesWritten;
    long filesRenamed;
    long filesDeleted;
    long deletesOnClose;
    long bytesRead;
    long bytesWritten;
    double entropyBits;
    long entropyBytes;

    void begin(Flow flow, Slice ofShare, Slice ofDomain, Slice ofUser) {
        share.set(ofShare);
        domain.set(ofDomain);
        user.set(ofUser);
        ipVersion = flow.ipVersion();
        clientHi = flow.clientHi();
        clientLo = flow.clientLo();
        serverHi = flow.serverHi();
        serverLo = flow.serverLo();
        extensions.clear();
        created.clear();
        for (int i = 0; i < 2; i++) {
            sealedMessages[i] = 0;
            sealedBytes[i] = 0;
            compressedMessages[i] = 0;
            compressedBytes[i] = 0;
        }
        filesCreated = 0;
        filesOverwritten = 0;
        filesRead = 0;
        filesWritten = 0;
        filesRenamed = 0;
        filesDeleted = 0;
        deletesOnClose = 0;
        bytesRead = 0;
        bytesWritten = 0;
        entropyBits = 0;
        entropyBytes = 0;
    }

    boolean is(Flow flow, Slice ofShare, Slice ofDomain, Slice ofUser) {
        return clientLo == flow.clientLo()
                && serverLo == flow.serverLo()
                && clientHi == flow.clientHi()
                && serverHi == flow.serverHi()
                && ipVersion == flow.ipVersion()
                && FileName.equal(share.text(), ofShare)
                && FileName.equal(user.text(), ofUser)
                && FileName.equal(domain.text(), ofDomain);
    }

    /** True if something happened: opening a file alone does not count. */
    boolean hasCounted() {
        long files = filesCreated + filesOverwritten + filesRead + filesWritten + filesRenamed + filesDeleted;
        long unreadable = sealedMessages[0] + sealedMessages[1] + compressedMessages[0] + compressedMessages[1];
        return files + bytesRead + bytesWritten + entropyBytes + unreadable > 0;
    }

    void onEncrypted(Direction from, long bytes) {
        sealedMessages[from.ordinal()]++;
        sealedBytes[from.ordinal()] += bytes;
    }

    void onCompressed(Direction from, long bytes) {
        compressedMessages[from.ordinal()]++;
        compressedBytes[from.ordinal()] += bytes;
    }

    /** A request about a file was granted. */
    void onGranted(Transaction transaction) {
        switch (transaction.kind) {
            case CREATE -> onOpened(transaction);
            case RENAME -> {
                filesRenamed++;
                extensions.add(transaction.name.text(), transaction.other.text());
            }
            case DELETE_ON_CLOSE -> filesDeleted++;
            case PATH -> filesDeleted += transaction.directory ? 0 : 1;
            default -> {}
        }
    }

    private void onOpened(Transaction transaction) {
        if (transaction.directory) {
            return;
        }
        switch (transaction.createAction) {
            case Transaction.CREATED -> {
                filesCreated++;
                created.add(transaction.name.text());
            }
            case Transaction.SUPERSEDED, Transaction.OVERWRITTEN -> filesOverwritten++;
            default -> {}
        }
        if (transaction.deleteOnClose) {
            filesDeleted++;
            deletesOnClose++;
        }
    }

    /** A written file is complete. */
    void onWritten(Entropy entropy) {
        entropyBits += entropy.bits();
        entropyBytes += entropy.measured();
    }
}
