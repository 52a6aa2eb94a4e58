// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.app.config;

import java.net.InetSocketAddress;

/**
 * Names a place to listen at.
 *
 * @param host name or address, without brackets
 * @param port 0 takes any free one
 */
public record HostPort(String host, int port) {
    /** Reads {@code HOST:PORT}; throws {@link IllegalArgumentException} with the reason if it is not that. */
    public static HostPort parse(String text) {
        return ValueType.hostPort().parser().apply(text);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** Whether only this host can reach it. A name is looked up; one that is unknown is not. */
    public boolean isLoopback() {
        InetSocketAddress address = address();
        return !address.isUnresolved() && address.getAddress().isLoopbackAddress();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
