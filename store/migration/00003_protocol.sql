-- Protocols and their versions. A version never changes: a run says which one
-- it executed, and that must stay true for ever.
-- +goose Up
CREATE TABLE protocol (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    name            text        NOT NULL CHECK (name <> ''),
    description     text        NOT NULL DEFAULT '',
    latest          integer     NOT NULL CHECK (latest > 0),
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation_id, name)
);

CREATE TABLE protocol_version (
    id          uuid        PRIMARY KEY,
    protocol_id uuid        NOT NULL REFERENCES protocol (id),
    number      integer     NOT NULL CHECK (number > 0),
    hash        text        NOT NULL CHECK (hash <> ''),
    document    json        NOT NULL,              -- json, not jsonb: kept byte for byte, as it was hashed
    note        text        NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text        NOT NULL DEFAULT '',
    UNIQUE (protocol_id, number)
);

-- +goose StatementBegin
CREATE FUNCTION protocol_version_is_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a protocol version is immutable' USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER protocol_version_immutable BEFORE UPDATE OR DELETE ON protocol_version
    FOR EACH ROW EXECUTE FUNCTION protocol_version_is_immutable();
CREATE TRIGGER protocol_version_not_truncated BEFORE TRUNCATE ON protocol_version
    FOR EACH STATEMENT EXECUTE FUNCTION protocol_version_is_immutable();
