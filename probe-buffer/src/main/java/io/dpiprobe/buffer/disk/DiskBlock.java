// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.buffer.disk;

/**
 * A block that was read.
 *
 * @param header what it holds
 * @param ref its name, to release it
 */
public record DiskBlock(BlockHeader header, BlockRef ref) {}
