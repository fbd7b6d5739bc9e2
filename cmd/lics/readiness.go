package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"go.temporal.io/sdk/client"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/store"
)

// readiness are the parts a server asks before it calls itself ready.
func readiness(cfg serverConfig, st *store.Store, broker *mqtt.Client, temporal client.Client) (map[string]func(context.Context) error, error) {
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
	if cfg.S3 == "" {
		return checks, nil
	}
	u, err := url.Parse(cfg.S3)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("--s3 %q is not a URL like http://host:9000", cfg.S3)
	}
	objects, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(cfg.S3Access, cfg.S3Secret, ""), Secure: u.Scheme == "https",
	})
	if err != nil {
		return nil, fmt.Errorf("object store: %w", err)
	}
	checks["s3"] = func(ctx context.Context) error {
		_, err := objects.ListBuckets(ctx)
		return err
	}
	return checks, nil
}
