// SPDX-License-Identifier: Apache-2.0
/** Recognises the distributed hash table of BitTorrent (BEP 5): what is looked up in it is not read. Pure. */
@NullMarked
package io.dpiprobe.capture.protocol.bittorrent;

import org.jspecify.annotations.NullMarked;
