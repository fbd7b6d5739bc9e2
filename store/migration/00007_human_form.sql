-- Forms, roles and signatures of questions; the weights that people enter.
-- +goose Up
ALTER TABLE human_step
    ADD COLUMN role        text    NOT NULL DEFAULT '',  -- who may answer; '' is everybody
    ADD COLUMN also        text    NOT NULL DEFAULT '',  -- who may besides, since it was escalated
    ADD COLUMN sign        text    NOT NULL DEFAULT '',  -- the statement that is signed
    ADD COLUMN form        json    CHECK (json_typeof(form) = 'array'),     -- a plan.Form
    ADD COLUMN filled      json    CHECK (json_typeof(filled) = 'object'),  -- the values, by field
    ADD COLUMN confirmed   boolean NOT NULL DEFAULT false,
    ADD COLUMN signature   text    NOT NULL DEFAULT '',
    ADD COLUMN reminded_at timestamptz,
    ADD CONSTRAINT human_step_signed CHECK (answered_at IS NULL OR sign = '' OR signature <> '');

CREATE TABLE subject_weight (
    id         text             PRIMARY KEY CHECK (id <> ''),  -- run/node/visit/field
    subject_id uuid             NOT NULL REFERENCES subject (id),
    run_id     uuid             NOT NULL REFERENCES run (id),
    grams      double precision NOT NULL CHECK (grams > 0 AND grams < 1e9),
    at         timestamptz      NOT NULL,
    by_user    text             NOT NULL DEFAULT ''
);
CREATE INDEX subject_weight_latest ON subject_weight (subject_id, at DESC, id DESC);
