-- Devices, the rigs they said they have, the curves of their valves.
-- +goose Up
CREATE TABLE rig (
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    hash            text        NOT NULL CHECK (hash <> ''),
    name            text        NOT NULL DEFAULT '',
    document        json        NOT NULL,          -- a wire.Rig
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, hash)
);

CREATE TABLE device (
    id              text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),  -- the one in its topics
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    name            text        NOT NULL CHECK (name <> ''),
    status          json,                          -- the last wire.Status
    online          boolean     NOT NULL DEFAULT false,
    simulated       boolean     NOT NULL DEFAULT false,
    boot            text        NOT NULL DEFAULT '',
    rig_hash        text        NOT NULL DEFAULT '',
    last_seen       timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX device_name ON device (organisation_id, name, id);

CREATE TABLE calibration (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    device_id       text        NOT NULL REFERENCES device (id),
    channel         text        NOT NULL CHECK (channel <> ''),
    points          json        NOT NULL CHECK (json_typeof(points) = 'array'),
    measured_at     timestamptz NOT NULL,
    measured_by     text        NOT NULL DEFAULT ''
);
CREATE INDEX calibration_latest ON calibration (organisation_id, device_id, channel, measured_at DESC, id DESC);
