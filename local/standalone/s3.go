package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

// s3Config is mirrored by local.S3Config; both sides must change together.
type s3Config struct {
	// Root is where objects, their metadata and old versions are kept.
	Root   string `json:"root"`
	Addr   string `json:"addr"`
	Access string `json:"access"`
	Secret string `json:"secret"`
	Region string `json:"region"`
}

type s3Ready struct {
	Addr string `json:"addr"`
}

// healthPath cannot collide with a bucket: bucket names have no underscore.
const healthPath = "/_health"

// runS3 serves a directory as S3. It must be the only one in its process:
// posix.New changes the working directory, and the gateway has package globals.
func runS3(ctx context.Context, cfg s3Config, ready func(s3Ready) error) error {
	if cfg.Access == "" || cfg.Secret == "" {
		return fmt.Errorf("s3: access key and secret are required")
	}
	root, err := filepath.Abs(cfg.Root)
	if err != nil {
		return err
	}
	objects, metadata, versions := filepath.Join(root, "objects"), filepath.Join(root, "metadata"), filepath.Join(root, "versions")
	for _, dir := range []string{objects, metadata, versions} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	addr, err := resolve(cfg.Addr)
	if err != nil {
		return err
	}
	// Metadata stands in files beside the objects, because extended attributes
	// do not work on every file system a lab has (NFS, exFAT, tmpfs).
	side, err := meta.NewSideCar(metadata)
	if err != nil {
		return err
	}
	opts := posix.PosixOpts{SideCarDir: metadata, VersioningDir: versions}
	opts.SetNewDirPerm(0o700)
	opts.SetNewFilePerm(0o600)
	backend, err := posix.New(objects, side, opts)
	if err != nil {
		return fmt.Errorf("s3: %w", err)
	}
	defer backend.Shutdown()

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		done <- embedgw.RunVersityGW(ctx, backend, &embedgw.Config{
			RootUserAccess:    cfg.Access,
			RootUserSecret:    cfg.Secret,
			Region:            cfg.Region,
			Ports:             []string{addr},
			MaxConnections:    4096,
			MaxRequests:       1024,
			MultipartMaxParts: 10000,
			KeepAlive:         true,
			Quiet:             true,
			HealthPath:        healthPath,
		})
	}()
	if err := awaitHTTP(ctx, "http://"+addr+healthPath, done); err != nil {
		return fmt.Errorf("s3: %w", err)
	}
	if err := ready(s3Ready{Addr: addr}); err != nil {
		return err
	}
	if err := <-done; err != nil && ctx.Err() == nil {
		return fmt.Errorf("s3: %w", err)
	}
	return nil
}

// awaitHTTP waits until url answers 200, or the server that should answer ends.
func awaitHTTP(ctx context.Context, url string, ended <-chan error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	every := time.NewTicker(5 * time.Millisecond)
	defer every.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case err := <-ended:
			return fmt.Errorf("ended before it answered: %w", err)
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer: %w", url, ctx.Err())
		case <-every.C:
		}
	}
}
