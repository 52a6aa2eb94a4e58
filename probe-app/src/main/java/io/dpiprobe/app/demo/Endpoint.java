// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.demo;

/**
 * Names one side of a conversation.
 *
 * @param address IPv4, most significant byte first
 */
record Endpoint(int address, int port) {
    static Endpoint of(String dotted, int port) {
        int address = 0;
        for (String part : dotted.split("\\.")) {
            address = address << 8 | Integer.parseInt(part);
        }
        return new Endpoint(address, port);
    }

    Endpoint withPort(int newPort) {
        return new Endpoint(address, newPort);
    }
}
