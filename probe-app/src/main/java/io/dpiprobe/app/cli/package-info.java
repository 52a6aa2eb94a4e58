// SPDX-License-Identifier: Apache-2.0
/** The commands that a person types, and their exit codes. */
@NullMarked
package io.dpiprobe.app.cli;

import org.jspecify.annotations.NullMarked;
