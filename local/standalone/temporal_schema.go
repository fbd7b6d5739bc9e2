package main

import (
	"context"
	"fmt"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/tools/common/schema"
	"go.temporal.io/server/tools/sql"
)

// migrate creates Temporal's two databases where they are missing and brings
// both to the schema of the server this binary holds. It may be cut off at any
// point: what was done is found done the next time.
func migrate(ctx context.Context, pg postgresConfig, logger log.Logger) error {
	for _, db := range []struct{ name, schema string }{
		{mainDatabase, "postgresql/v12/temporal"},
		{visibilityDatabase, "postgresql/v12/visibility"},
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := sql.DoCreateDatabase(pg.sql(db.name, 1), "postgres", logger); err != nil {
			return fmt.Errorf("create database %s: %w", db.name, err)
		}
		if err := migrateDatabase(pg, db.name, db.schema, logger); err != nil {
			return fmt.Errorf("migrate database %s: %w", db.name, err)
		}
	}
	return nil
}

func migrateDatabase(pg postgresConfig, name, schemaName string, logger log.Logger) error {
	conn, err := sql.NewConnection(pg.sql(name, 1), logger)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ReadSchemaVersion(); err != nil {
		setup := &schema.SetupConfig{InitialVersion: "0.0"}
		if err := schema.NewSetupSchemaTask(conn, setup, logger).Run(); err != nil {
			return err
		}
	}
	return schema.NewUpdateSchemaTask(conn, &schema.UpdateConfig{SchemaName: schemaName}, logger).Run()
}
