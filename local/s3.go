package local

import (
	"context"
	"errors"
	"log/slog"
	"syscall"
	"time"
)

// S3Region is the region the gateway calls itself.
const S3Region = "us-east-1"

// S3Config says how the S3 gateway runs. Standalone, Dir, Access and Secret are
// required.
type S3Config struct {
	// Standalone is the path of lics-standalone, see FindStandalone.
	Standalone string
	// Dir keeps objects, metadata and old versions; it is created when missing.
	Dir string
	// Addr is a loopback address, host:port; empty takes a free port.
	Addr           string
	Access, Secret string
	Log            *slog.Logger
	Notify         Notify
}

// S3 is an S3 gateway over a directory, for this machine only. It is restarted
// on the same address when it dies.
type S3 struct {
	*child
	addr string
}

// s3Child is what lics-standalone s3 reads; both sides must change together.
type s3Child struct {
	Root   string `json:"root"`
	Addr   string `json:"addr"`
	Access string `json:"access"`
	Secret string `json:"secret"`
	Region string `json:"region"`
}

type s3Ready struct {
	Addr string `json:"addr"`
}

// StartS3 returns when the gateway answers. ctx bounds the start; Stop ends the
// gateway.
func StartS3(ctx context.Context, cfg S3Config) (*S3, error) {
	if cfg.Dir == "" || cfg.Access == "" || cfg.Secret == "" {
		return nil, errors.New("s3: a directory, an access key and a secret are required")
	}
	log := logger(cfg.Log).With("part", "s3")
	in := s3Child{Root: cfg.Dir, Addr: orFree(cfg.Addr), Access: cfg.Access, Secret: cfg.Secret, Region: S3Region}
	s := &S3{}
	s.child = &child{
		name: "s3",
		launch: func(ctx context.Context) (*process, error) {
			var ready s3Ready
			p, err := startStandalone(ctx, cfg.Standalone, "s3", in, &ready, log)
			if err != nil {
				return nil, err
			}
			if s.addr == "" { // from now on it stays there
				s.addr, in.Addr = ready.Addr, ready.Addr
			}
			return p, nil
		},
		signal: syscall.SIGTERM,
		grace:  10 * time.Second,
		log:    log,
		notify: cfg.Notify,
	}
	if err := s.start(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Addr is where the gateway listens, host:port; it speaks plain HTTP.
func (s *S3) Addr() string { return s.addr }

// Detail says where the gateway is.
func (s *S3) Detail() string { return "http://" + s.addr }
