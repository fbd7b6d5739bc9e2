-- Who owns the data, who may act, and what they did.
-- +goose Up
CREATE TABLE organisation (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL UNIQUE CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE app_user (                            -- "user" is a reserved word
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    name            text        NOT NULL CHECK (name <> ''),
    role            text        NOT NULL CHECK (role <> ''),
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation_id, name)
);

CREATE TABLE access_token (
    hash       text        PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),  -- sha256; the token itself is never here
    user_id    uuid        NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX access_token_user ON access_token (user_id);

CREATE TABLE audit (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    at              timestamptz NOT NULL DEFAULT now(),
    actor           text        NOT NULL,
    action          text        NOT NULL CHECK (action <> ''),
    object          text        NOT NULL DEFAULT '',
    detail          json
);
CREATE INDEX audit_newest ON audit (organisation_id, id DESC);
