// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.util.List;

/** Writes a manual page in the man(7) language. */
public final class Roff {
    private final StringBuilder page = new StringBuilder();

    /** Begins a page; the date is left out, so that the same program gives the same page. */
    public Roff(String title, int section, String version) {
        page.append(".\\\" SPDX-License-Identifier: Apache-2.0\n");
        page.append(".TH \"%s\" \"%d\" \"\" \"DPI probe %s\" \"DPI probe\"%n"
                .formatted(title, section, version)
                .replace(System.lineSeparator(), "\n"));
        page.append(".nh\n.ad l\n");
    }

    public Roff section(String title) {
        return line(".SH " + quoted(title));
    }

    public Roff subsection(String title) {
        return line(".SS " + quoted(title));
    }

    public Roff paragraph(String text) {
        return line(".PP").line(escaped(text));
    }

    /** A paragraph that begins with a name in bold. */
    public Roff named(String name, String text) {
        return line(".PP").line("\\fB" + escaped(name) + "\\fR " + escaped(text));
    }

    /** An item: a word in bold, what stands for its value, and what it means. */
    public Roff item(String name, String value, List<String> sentences) {
        String operand = value.isEmpty() ? "" : " \\fI" + escaped(value) + "\\fR";
        line(".TP").line("\\fB" + escaped(name) + "\\fR" + operand);
        for (int i = 0; i < sentences.size(); i++) {
            line((i == 0 ? "" : ".br\n") + escaped(sentences.get(i)));
        }
        return this;
    }

    /** Lines that are shown as they are. */
    public Roff example(List<String> lines) {
        line(".PP").line(".nf").line(".RS 4");
        lines.forEach(text -> line(escaped(text.strip())));
        return line(".RE").line(".fi");
    }

    private Roff line(String text) {
        page.append(text).append('\n');
        return this;
    }

    private static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    /** A period or quote at the start of a line would be a request, a plain hyphen may become another sign. */
    static String escaped(String text) {
        String plain = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
