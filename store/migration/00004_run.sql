-- Runs, what the workflow says about them, and what people say.
-- +goose Up
CREATE TABLE subject (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    name            text        NOT NULL CHECK (name <> ''),
    species         text        NOT NULL DEFAULT '',
    sex             text        NOT NULL DEFAULT '',
    born_on         date,
    cohort          text        NOT NULL DEFAULT '',
    notes           text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation_id, name)
);

CREATE TABLE experiment (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    name            text        NOT NULL CHECK (name <> ''),
    description     text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organisation_id, name)
);

CREATE TABLE run (
    id              uuid        PRIMARY KEY,
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    version_id      uuid        NOT NULL REFERENCES protocol_version (id),
    subject_id      uuid        REFERENCES subject (id),
    experiment_id   uuid        REFERENCES experiment (id),
    status          text        NOT NULL CHECK (status IN ('STARTING', 'RUNNING', 'PAUSED', 'SEALING',
                                    'COMPLETED', 'STOPPED', 'FAILED', 'ABORTED', 'HALTED')),
    seed            bigint      NOT NULL,
    parameters      json        NOT NULL DEFAULT '{}' CHECK (json_typeof(parameters) = 'object'),
    bindings        jsonb       NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(bindings) = 'array'),
    epoch           bigint      NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    outcome         text        NOT NULL DEFAULT '',
    error           text        NOT NULL DEFAULT '',
    key             text        CHECK (key <> ''),  -- makes a retried start safe
    started_by      text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    started_at      timestamptz,
    ended_at        timestamptz,
    events          bigint      NOT NULL DEFAULT 0 CHECK (events >= 0),  -- the highest run_event.pos
    UNIQUE (organisation_id, key),
    CONSTRAINT run_ended_when_final CHECK (
        (ended_at IS NOT NULL) = (status IN ('COMPLETED', 'STOPPED', 'FAILED', 'ABORTED', 'HALTED'))),
    CONSTRAINT run_started_when_running CHECK (status NOT IN ('RUNNING', 'PAUSED') OR started_at IS NOT NULL)
);
CREATE INDEX run_newest ON run (organisation_id, created_at DESC, id DESC);
CREATE INDEX run_open ON run (organisation_id, created_at DESC, id DESC) WHERE ended_at IS NULL;
CREATE INDEX run_version ON run (version_id);
CREATE INDEX run_subject ON run (subject_id, created_at DESC) WHERE subject_id IS NOT NULL;
CREATE INDEX run_experiment ON run (experiment_id, created_at DESC) WHERE experiment_id IS NOT NULL;
CREATE INDEX run_bindings ON run USING gin (bindings jsonb_path_ops);

-- +goose StatementBegin
CREATE FUNCTION run_final_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'run % is % and stays so', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER run_final BEFORE UPDATE ON run
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL
        AND (NEW.status, NEW.ended_at, NEW.outcome, NEW.error)
            IS DISTINCT FROM (OLD.status, OLD.ended_at, OLD.outcome, OLD.error))
    EXECUTE FUNCTION run_final_is_final();

CREATE TABLE run_event (
    run_id uuid        NOT NULL REFERENCES run (id),
    seq    bigint      NOT NULL CHECK (seq > 0),    -- given out by the workflow; gaps are harmless
    pos    bigint      NOT NULL CHECK (pos > 0),    -- given out under the run's lock: 1, 2, 3 in the order of commits
    at     timestamptz NOT NULL,
    kind   text        NOT NULL CHECK (kind <> ''),
    node   text        NOT NULL DEFAULT '',
    name   text        NOT NULL DEFAULT '',
    body   json,
    PRIMARY KEY (run_id, seq),
    UNIQUE (run_id, pos)
);

CREATE TABLE run_note (
    id      uuid        PRIMARY KEY,
    run_id  uuid        NOT NULL REFERENCES run (id),
    at      timestamptz NOT NULL DEFAULT now(),
    by_user text        NOT NULL DEFAULT '',
    text    text        NOT NULL CHECK (text <> '')
);
CREATE INDEX run_note_run ON run_note (run_id, id);

CREATE TABLE human_step (
    id          text        PRIMARY KEY CHECK (id <> ''),  -- run/node/visit
    run_id      uuid        NOT NULL REFERENCES run (id),
    node        text        NOT NULL DEFAULT '',
    title       text        NOT NULL DEFAULT '',
    text        text        NOT NULL DEFAULT '',
    choices     text[]      NOT NULL DEFAULT '{}',
    asked_at    timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    answered_by text        NOT NULL DEFAULT '',
    answer      text        NOT NULL DEFAULT '',
    closed_at   timestamptz,                       -- answered, timed out, or the run went on without
    CONSTRAINT human_step_answered_is_closed CHECK (answered_at IS NULL OR closed_at IS NOT NULL),
    CONSTRAINT human_step_choice CHECK (answered_at IS NULL OR choices = '{}' OR answer = ANY (choices))
);
CREATE INDEX human_step_run ON human_step (run_id);
CREATE INDEX human_step_open ON human_step (asked_at, id) WHERE closed_at IS NULL;

CREATE TABLE command (
    id              text        PRIMARY KEY CHECK (id <> ''),  -- run/node/visit, or made up by a person's tool
    organisation_id uuid        NOT NULL REFERENCES organisation (id),
    run_id          uuid        REFERENCES run (id),
    device_id       text        NOT NULL CHECK (device_id <> ''),
    node            text        NOT NULL DEFAULT '',
    verb            text        NOT NULL CHECK (verb <> ''),
    state           text        NOT NULL DEFAULT '' CHECK (state IN ('', 'received', 'started', 'progress',
                                    'done', 'refused', 'failed', 'interrupted')),
    reply           json,
    task_token      bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT command_reply_has_state CHECK ((state = '') = (reply IS NULL))
);
CREATE INDEX command_run ON command (run_id, created_at) WHERE run_id IS NOT NULL;
