-- What a watch looks for, the last event of a name, is in the newest batches of
-- a device: they are read backwards by this index until one is found, and none
-- older than the watch. An index of the rows by name would cost every row.
-- +goose Up
CREATE INDEX event_batch_received ON event_batch (run_id, boot_id, received_at) WHERE run_id IS NOT NULL;
