// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.winrm;

import io.dpiprobe.buffer.Bound;
import io.dpiprobe.capture.eve.JsonWriter;
import io.dpiprobe.capture.packet.Slice;

/**
 * Says what a request asks of WS-Management (DSP0226) and of Windows' remote shell ([MS-WSMV], 2.2.4): the action, the
 * resource, and the command line, where they are in clear text. Shared by the flows of a worker.
 */
public final class WsManagement {
    /** Bytes of a body that are read: header and command of a shell fit, what is piped into it need not. */
    @Bound(of = "bytes read of a body", then = "the rest is passed over", unit = Bound.Unit.BYTES)
    public static final int MAX_BODY_BYTES = 8 * 1024;
    /** Arguments written: a command line is mostly one. */
    @Bound(of = "arguments of a command", then = "further ones are left out")
    static final int MAX_ARGUMENTS = 8;
    /** Bytes of an argument written; PowerShell's remoting sends whole objects as one. */
    @Bound(of = "an argument", then = "it is cut", unit = Bound.Unit.BYTES)
    static final int MAX_ARGUMENT_BYTES = 1024;

    private static final String ENDPOINT = "/wsman";
    private static final String POWERSHELL_ENDPOINT = "/powershell";
    private static final String ENCRYPTED = "multipart/encrypted";
    private static final String CLIENT = "Microsoft WinRM Client";

    private final SoapText soap = new SoapText();

    /** True if a request is one of WS-Management, by its target or its user agent. */
    public static boolean isRequest(Slice target, Slice userAgent) {
        return target.startsWithIgnoreCase(ENDPOINT)
                || target.startsWithIgnoreCase(POWERSHELL_ENDPOINT)
                || userAgent.startsWithIgnoreCase(CLIENT);
    }

    /**
     * Writes a {@code winrm} object.
     *
     * @param contentType of the request; a body encrypted by the log-in's keys says so here ([MS-WSMV], 2.2.9.1)
     * @param body as much of it as was kept
     */
    public void write(Slice contentType, Slice body, JsonWriter probe) {
        probe.beginObject("winrm");
        if (contentType.startsWithIgnoreCase(ENCRYPTED)) {
            probe.bool("encrypted", true).endObject();
            return;
        }
        probe.bool("encrypted", false);
        writeFirst("Action", "action", body, probe);
        writeFirst("ResourceURI", "resource_uri", body, probe);
        writeCommand(body, probe);
        probe.endObject();
    }

    private void writeFirst(String element, String field, Slice body, JsonWriter probe) {
        soap.wrap(body);
        while (soap.next()) {
            if (soap.name().equalsIgnoreCase(element)) {
                probe.wire(field, soap.value());
                return;
            }
        }
    }

    /** CommandLine: Command, and then its Arguments. */
    private void writeCommand(Slice body, JsonWriter probe) {
        soap.wrap(body);
        while (soap.next()) {
            if (soap.name().equalsIgnoreCase("Command")) {
                probe.wire("command", soap.value());
                writeArguments(probe);
                return;
            }
        }
    }

    private void writeArguments(JsonWriter probe) {
        probe.beginArray("arguments");
        int written = 0;
        while (written < MAX_ARGUMENTS && soap.next()) {
            if (soap.name().equalsIgnoreCase("Arguments")) {
                writeArgument(soap.value(), probe);
                written++;
            }
        }
        probe.endArray();
    }

    private static void writeArgument(Slice value, JsonWriter probe) {
        int shown = Math.min(value.length(), MAX_ARGUMENT_BYTES);
        probe.wireItem(value.wrap(value.buffer(), value.offset(), shown));
    }
}
