-- Weights entered without a run, corrected without losing what was there, and
-- what they are compared with.
-- +goose Up
ALTER TABLE subject_weight
    ALTER COLUMN run_id DROP NOT NULL,             -- entered by hand, outside of a run
    ADD COLUMN note        text        NOT NULL DEFAULT '',
    ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN replaces    text        UNIQUE REFERENCES subject_weight (id),  -- a row is corrected once, by the next one
    ADD COLUMN withdrawn   boolean     NOT NULL DEFAULT false,                 -- it was none
    ADD CONSTRAINT subject_weight_withdrawn_was_one CHECK (NOT withdrawn OR replaces IS NOT NULL);

ALTER TABLE subject
    ADD COLUMN baseline_grams  double precision CHECK (baseline_grams > 0 AND baseline_grams < 1e9),
    ADD COLUMN target_fraction double precision CHECK (target_fraction > 0 AND target_fraction <= 1);
