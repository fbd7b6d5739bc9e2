-- Metrics of devices: a hypertable where the server has TimescaleDB loaded,
-- else partitions by month. A series keeps names out of the points; its key is
-- also what makes a redelivered message harmless.
-- +goose Up
CREATE TABLE telemetry_series (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid    NOT NULL REFERENCES organisation (id),
    device_id       text    NOT NULL REFERENCES device (id),
    metric          text    NOT NULL CHECK (metric <> ''),
    UNIQUE (device_id, metric)
);

-- +goose StatementBegin
DO $$
BEGIN
    -- Where the library is not preloaded, CREATE EXTENSION ends the session: ask first.
    IF current_setting('shared_preload_libraries') LIKE '%timescaledb%'
       AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb') THEN
        BEGIN
            CREATE EXTENSION IF NOT EXISTS timescaledb;
        EXCEPTION WHEN OTHERS THEN
            RAISE NOTICE 'TimescaleDB is there but cannot be used: %', SQLERRM;
        END;
    END IF;
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb') THEN
        CREATE TABLE telemetry (
            series_id integer          NOT NULL,
            at        timestamptz      NOT NULL,
            value     double precision NOT NULL,
            PRIMARY KEY (series_id, at)
        );
        PERFORM create_hypertable('telemetry', 'at', chunk_time_interval => interval '7 days');
    ELSE
        CREATE TABLE telemetry (
            series_id integer          NOT NULL,
            at        timestamptz      NOT NULL,
            value     double precision NOT NULL,
            PRIMARY KEY (series_id, at)
        ) PARTITION BY RANGE (at);
        CREATE TABLE telemetry_other PARTITION OF telemetry DEFAULT;  -- clocks that were wrong
    END IF;
END
$$;

-- Makes the partition of the month that holds a time; nothing where there is a
-- hypertable. Months are those of UTC, whatever the session's time zone.
CREATE FUNCTION telemetry_partition(at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first timestamp := date_trunc('month', at AT TIME ZONE 'UTC');
    name  text      := 'telemetry_' || to_char(first, 'YYYYMM');
BEGIN
    IF to_regclass(name) IS NOT NULL OR to_regclass('telemetry_other') IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('lics telemetry_partition'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF telemetry FOR VALUES FROM (%L) TO (%L)',
        name, first || '+00', (first + interval '1 month') || '+00');
END
$$;
-- +goose StatementEnd
SELECT telemetry_partition(now() + n * interval '1 month') FROM generate_series(0, 2) n;
