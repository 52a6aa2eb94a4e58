// SPDX-License-Identifier: Apache-2.0
/** Configuration: every setting, what it means, and how its text becomes a value. */
@NullMarked
package io.dpiprobe.app.config;

import org.jspecify.annotations.NullMarked;
