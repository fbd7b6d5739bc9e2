-- In which formats a run is wanted, as its protocol says.
-- +goose Up
CREATE TABLE run_export (
    run_id    uuid        NOT NULL REFERENCES run (id),
    format    text        NOT NULL CHECK (format <> ''),
    node      text        NOT NULL DEFAULT '',
    marked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, format)
);
