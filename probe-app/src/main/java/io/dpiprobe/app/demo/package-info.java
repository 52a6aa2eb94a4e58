// SPDX-License-Identifier: Apache-2.0
/** Shows the probe at work with traffic and a Core of its own. */
@NullMarked
package io.dpiprobe.app.demo;

import org.jspecify.annotations.NullMarked;
