// SPDX-License-Identifier: Apache-2.0
/** What must not be told, and everything that tells. */
@NullMarked
package io.dpiprobe.app.secrets;

import org.jspecify.annotations.NullMarked;
