-- What devices record. A device numbers its rows 1, 2, 3 since it booted; the
-- row of device_boot says how far they are stored, and is the lock under which
-- the next ones come in.
-- +goose Up
CREATE TABLE device_boot (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- (device, boot) in 8 bytes
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    device_id       text        NOT NULL REFERENCES device (id),
    boot            text        NOT NULL CHECK (boot <> ''),
    stored          bigint      NOT NULL DEFAULT 0 CHECK (stored >= 0),    -- every row up to here is in event_row
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (device_id, boot)
) WITH (fillfactor = 50);                          -- updated with every batch: leave room for HOT

CREATE TABLE event_batch (
    boot_id         bigint      NOT NULL REFERENCES device_boot (id),
    first_seq       bigint      NOT NULL CHECK (first_seq > 0),
    last_seq        bigint      NOT NULL CHECK (last_seq >= first_seq),
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    run_id          uuid        REFERENCES run (id),
    command         text        NOT NULL DEFAULT '',
    node            text        NOT NULL DEFAULT '',
    start_ns        bigint      NOT NULL,          -- wall time of a row with t = 0
    note            text        NOT NULL DEFAULT '',  -- why run_id is missing although the device named a run
    received_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (boot_id, first_seq)
);

CREATE INDEX event_batch_run ON event_batch (run_id, boot_id, last_seq) WHERE run_id IS NOT NULL;

-- The rows of a batch are those of its boot from first_seq to last_seq: a row
-- carries nothing that its batch says, and has one index. Rows are only ever
-- written together with their batch, under the lock of device_boot: a foreign
-- key would cost a check per row and find nothing.
CREATE TABLE event_row (
    boot_id bigint  NOT NULL,
    seq     bigint  NOT NULL CHECK (seq > 0),
    t_ns    bigint  NOT NULL,                      -- since the task began
    trial   integer NOT NULL DEFAULT 0,
    kind    text    NOT NULL CHECK (kind <> ''),
    name    text    NOT NULL DEFAULT '',
    value   json,                                  -- json, not jsonb: 3.0 and 1e300 stay floats
    PRIMARY KEY (boot_id, seq)
);
CREATE INDEX event_row_trial ON event_row (boot_id, seq) WHERE kind IN ('trial', 'outcome', 'end');

-- Which boots wrote rows of a run: the writers of its stream.
CREATE TABLE run_boot (
    run_id  uuid   NOT NULL REFERENCES run (id),
    boot_id bigint NOT NULL REFERENCES device_boot (id),
    PRIMARY KEY (run_id, boot_id)
);

-- device_row is event_row as a person wants to read it.
CREATE VIEW device_row AS
SELECT d.device_id, d.boot, r.seq, d.organisation_id, b.run_id, b.command, b.node,
       to_timestamp((b.start_ns + r.t_ns) / 1e9) AS at, r.t_ns, r.kind, r.name, r.value, r.trial,
       r.boot_id, b.start_ns
FROM event_batch b
JOIN event_row r ON r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND b.last_seq
JOIN device_boot d ON d.id = b.boot_id;

-- trial is a view, so that it is right at every moment, wherever batches were
-- cut. A trial lasts until the next one of its command begins, or its task
-- ends; ended says whether that has been recorded.
CREATE VIEW trial AS
SELECT run_id, boot_id, device_id, command, seq, number, start_ns, t_ns,
       coalesce(next_t_ns - t_ns, 0) AS duration_ns, next_t_ns IS NOT NULL AS ended, outcome
FROM (
    SELECT b.run_id, b.boot_id, d.device_id, b.command, b.start_ns, r.seq, r.t_ns, r.kind, r.trial AS number,
           -- the first row after this one that ends a trial; time does not go back
           min(r.t_ns) FILTER (WHERE r.kind IN ('trial', 'end')) OVER (
               PARTITION BY b.run_id, b.boot_id, b.command ORDER BY r.seq DESC
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS next_t_ns,
           coalesce((array_agg(r.name) FILTER (WHERE r.kind = 'outcome') OVER (
               PARTITION BY b.run_id, b.boot_id, b.command, r.trial ORDER BY r.seq DESC
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))[1], '') AS outcome
    FROM event_batch b
    JOIN event_row r ON r.boot_id = b.boot_id AND r.seq BETWEEN b.first_seq AND b.last_seq
    JOIN device_boot d ON d.id = b.boot_id
    WHERE b.run_id IS NOT NULL AND r.kind IN ('trial', 'outcome', 'end')
) s
WHERE kind = 'trial';
