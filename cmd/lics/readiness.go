package main

import (
	"context"
	"errors"

	"go.temporal.io/sdk/client"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/objects"
	"github.com/lics-lab/lics/store"
)

// readiness are the parts a server asks before it calls itself ready.
func readiness(st *store.Store, broker *mqtt.Client, temporal client.Client, files *objects.Store) map[string]func(context.Context) error {
	checks := map[string]func(context.Context) error{
		"database": st.Ping,
		"broker": func(context.Context) error {
			if !broker.Connected() {
				return errors.New("not connected")
			}
			return nil
		},
		"temporal": func(ctx context.Context) error {
			_, err := temporal.CheckHealth(ctx, &client.CheckHealthRequest{})
			return err
		},
	}
	if files != nil {
		checks["s3"] = files.Ping
	}
	return checks
}
