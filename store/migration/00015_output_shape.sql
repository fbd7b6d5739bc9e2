-- +goose Up

-- How an output gets to its level, where that is more than at once: the ramp in
-- ns, and the frequency in Hz. Null of almost every row, and then it takes no
-- space.
ALTER TABLE event_row ADD COLUMN shape json;

CREATE OR REPLACE VIEW device_row AS
SELECT d.device_id, d.boot, r.seq, d.organisation_id, b.run_id, b.command, b.node,
       to_timestamp((b.start_ns + r.t_ns) / 1e9) AS at, r.t_ns, r.kind, r.name, r.value, r.trial,
       r.boot_id, b.start_ns, r.shape
FROM event_batch b
JOIN event_row r ON r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND b.last_seq
JOIN device_boot d ON d.id = b.boot_id;
