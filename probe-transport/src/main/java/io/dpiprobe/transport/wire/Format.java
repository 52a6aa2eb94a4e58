// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.transport.wire;

/** Names what a request looks like and how its answer is read. */
public enum Format {
    /** One event in each line, answered as docs/core-protocol.md says; any receiver of NDJSON over HTTP takes it. */
    NDJSON,
    /** The bulk interface of Elasticsearch and OpenSearch, with the event's identity as the document's. */
    ELASTICSEARCH
}
