-- What stage gates have decided about subjects.
-- +goose Up
CREATE TABLE stage_record (
    id         text             PRIMARY KEY CHECK (id <> ''),  -- run/node/visit
    subject_id uuid             NOT NULL REFERENCES subject (id),
    run_id     uuid             NOT NULL REFERENCES run (id),
    gate       text             NOT NULL CHECK (gate <> ''),
    stage      text             NOT NULL DEFAULT '',
    value      double precision NOT NULL,
    score      double precision NOT NULL,
    verdict    text             NOT NULL CHECK (verdict IN ('advance', 'stay', 'back', 'exclude')),
    at         timestamptz      NOT NULL DEFAULT now()
);
CREATE INDEX stage_record_latest ON stage_record (subject_id, gate, at DESC, id DESC);
