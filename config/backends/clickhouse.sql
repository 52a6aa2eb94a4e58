CREATE TABLE IF NOT EXISTS events (
    timestamp String,
    event_type String,
    flow_id UInt64,
    src_ip String,
    src_port UInt16,
    dest_ip String,
    dest_port UInt16,
    proto String,
    community_id String,
    received DateTime DEFAULT now()
) ENGINE = MergeTree() PARTITION BY toDate(received) ORDER BY (event_type, received)
