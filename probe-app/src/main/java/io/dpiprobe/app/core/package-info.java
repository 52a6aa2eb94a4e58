// SPDX-License-Identifier: Apache-2.0
/** The reference Core: the other side of the wire, for the demo, the tests and those who write a Core. */
@NullMarked
package io.dpiprobe.app.core;

import org.jspecify.annotations.NullMarked;
