-- The files of a run in the object store. Each belongs to a format in which the
-- run is wanted.
-- +goose Up
CREATE TABLE run_file (
    run_id     uuid        NOT NULL,
    format     text        NOT NULL,
    contents   text        NOT NULL CHECK (contents IN ('events', 'trials')),
    name       text        CHECK (name <> ''),              -- given by the first attempt; later ones keep it
    key        text        CHECK (key <> ''),
    state      text        NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'STORED', 'FAILED')),
    size       bigint      CHECK (size >= 0),
    sha256     text        CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    rows       bigint      CHECK (rows >= 0),
    missing    text        NOT NULL DEFAULT '',
    error      text        NOT NULL DEFAULT '',
    stored_at  timestamptz,
    PRIMARY KEY (run_id, format, contents),
    UNIQUE (run_id, name),
    FOREIGN KEY (run_id, format) REFERENCES run_export (run_id, format),
    CONSTRAINT run_file_stored_is_known CHECK (state <> 'STORED'
        OR (name IS NOT NULL AND key IS NOT NULL AND size IS NOT NULL AND sha256 IS NOT NULL AND rows IS NOT NULL AND stored_at IS NOT NULL)),
    CONSTRAINT run_file_failed_says_why CHECK (state <> 'FAILED' OR error <> '')
);
