-- Which subjects and protocols belong to an experiment.
-- +goose Up
CREATE TABLE experiment_subject (
    experiment_id uuid        NOT NULL REFERENCES experiment (id),
    subject_id    uuid        NOT NULL REFERENCES subject (id),
    added_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (experiment_id, subject_id)
);
CREATE INDEX experiment_subject_subject ON experiment_subject (subject_id);

CREATE TABLE experiment_protocol (
    experiment_id uuid        NOT NULL REFERENCES experiment (id),
    protocol_id   uuid        NOT NULL REFERENCES protocol (id),
    added_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (experiment_id, protocol_id)
);
CREATE INDEX experiment_protocol_protocol ON experiment_protocol (protocol_id);
