// SPDX-License-Identifier: Apache-2.0
/** Shows events while they are made, to whoever watches, without ever holding up who makes them. */
@NullMarked
package io.dpiprobe.app.tap;

import org.jspecify.annotations.NullMarked;
