// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.dpiprobe.app.limits;

import org.jspecify.annotations.NullMarked;
