// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.smb;

import io.dpiprobe.capture.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Tells what happens on a share as packets: a mass encryption, and a backup of the same files. */
final class ShareStories {
    static final int FOLDERS = 8;

    private static final String[] DOCUMENTS = {"plan.docx", "costs.xlsx", "offer.pdf", "minutes.docx", "photo.jpg"};
    private static final int FILE_BYTES = 4096;
    private static final String TEXT = "The quick brown fox jumps over the lazy dog and goes home. ";

    private ShareStories() {}

    /** Reads each document, writes random bytes over it, renames it, and leaves a note in each folder. */
    static Dialogue massEncryption() {
        Random random = new Random(1);
        ShareSession session = new ShareSession(Dialogue.tcp(445));
        session.login("CORP", "ann").connect("\\\\fs1\\team");
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (String document : DOCUMENTS) {
                String name = path(folder, document);
                session.open(name, ShareSession.OPEN).read(plain()).write(random(random, FILE_BYTES));
                session.rename(name + ".locked").close();
            }
            session.open(path(folder, "RESTORE-FILES.txt"), ShareSession.CREATE);
            session.write("Your files are gone. Pay here.".getBytes(StandardCharsets.US_ASCII))
                    .close();
        }
        return session.dialogue().close();
    }

    /** Reads each document, and writes all of them into one compressed archive. */
    static Dialogue backup() {
        Random random = new Random(2);
        ShareSession session = new ShareSession(Dialogue.tcp(445));
        session.login("CORP", "svc-backup").connect("\\\\fs1\\team");
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (String document : DOCUMENTS) {
                session.open(path(folder, document), ShareSession.OPEN)
                        .read(plain())
                        .close();
            }
        }
        session.open("backup\\2026-11-21.zip", ShareSession.CREATE);
        for (int part = 0; part < FOLDERS; part++) {
            session.write(random(random, FILE_BYTES), (long) part * FILE_BYTES);
        }
        return session.close().dialogue().close();
    }

    private static String path(int folder, String document) {
        return "dept" + folder + "\\" + document;
    }

    private static byte[] plain() {
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) TEXT.charAt(i % TEXT.length());
        }
        return content;
    }

    private static byte[] random(Random random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }
}
