-- What is archived is kept, and shown only to those who ask for it.
-- +goose Up
ALTER TABLE subject    ADD COLUMN archived_at timestamptz;
ALTER TABLE protocol   ADD COLUMN archived_at timestamptz;
ALTER TABLE experiment ADD COLUMN archived_at timestamptz;
