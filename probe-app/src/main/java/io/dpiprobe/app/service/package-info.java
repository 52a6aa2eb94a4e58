// SPDX-License-Identifier: Apache-2.0
/** Tells the service manager of the host how the probe is, and hears from it. */
@NullMarked
package io.dpiprobe.app.service;

import org.jspecify.annotations.NullMarked;
