// SPDX-License-Identifier: Apache-2.0
/** Serves metrics, health and status over HTTP. */
@NullMarked
package io.dpiprobe.app.web;

import org.jspecify.annotations.NullMarked;
