// SPDX-License-Identifier: Apache-2.0
/** Dissects WebSocket (RFC 6455) behind the upgrade of HTTP: frames, not what they carry. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.websocket;

import org.jspecify.annotations.NullMarked;
