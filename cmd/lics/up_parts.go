package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/lics-lab/lics/local"
)

const (
	serverUser  = "lics-server"
	filesBucket = "lics"
)

// start starts the parts in the order in which they need each other.
func (u *up) start(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	standalone, err := local.FindStandalone(ctx, local.StandaloneConfig{Version: version, Progress: func(line string) {
		fmt.Fprintln(u.app.stderr, "  "+line)
	}})
	if err != nil {
		return err
	}
	g := &u.group
	postgres, err := local.Start(ctx, g, "postgresql", func(ctx context.Context) (*local.Postgres, error) {
		return local.StartPostgres(ctx, local.PostgresConfig{Dir: filepath.Join(u.dir, "postgresql"), Log: u.log, Notify: u.tell})
	})
	if err != nil {
		return err
	}
	u.parts["postgresql"] = postgres
	if err := postgres.EnsureDatabase(ctx, "lics"); err != nil {
		return err
	}
	u.ready.Database = postgres.DSN("lics")

	broker, err := local.Start(ctx, g, "broker", func(ctx context.Context) (*local.BrokerProcess, error) {
		return local.StartBrokerProcess(ctx, local.BrokerConfig{
			Addr: u.Broker, ServerUser: serverUser, ServerPassword: u.secrets.Broker, Devices: u.secrets.Devices, Log: u.log, Notify: u.tell,
		}, self, "part", "broker")
	})
	if err != nil {
		return err
	}
	u.parts["broker"] = broker
	u.ready.Broker = "mqtt://" + broker.Addr()

	temporal, err := local.Start(ctx, g, "temporal", func(ctx context.Context) (*local.Temporal, error) {
		return local.StartTemporal(ctx, local.TemporalConfig{Standalone: standalone, Postgres: postgres, Log: u.log, Notify: u.tell})
	})
	if err != nil {
		return err
	}
	u.parts["temporal"] = temporal
	u.ready.Temporal, u.ready.Namespace, u.ready.UI = temporal.Frontend(), temporal.Namespace(), temporal.UI()

	if !u.NoS3 {
		s3, err := local.Start(ctx, g, "s3", func(ctx context.Context) (*local.S3, error) {
			return local.StartS3(ctx, local.S3Config{
				Standalone: standalone, Dir: filepath.Join(u.dir, "s3"), Access: u.secrets.S3Access, Secret: u.secrets.S3Secret, Log: u.log, Notify: u.tell,
			})
		})
		if err != nil {
			return err
		}
		u.parts["s3"] = s3
		u.ready.S3 = "http://" + s3.Addr()
	}
	if err := u.startServer(ctx, self); err != nil {
		return err
	}
	if err := u.program(ctx, self, "worker", func() any { return workerConfig{backends: u.backends(), objectStore: u.objects(), Outside: u.Outside} }, nil, "worker"); err != nil {
		return err
	}
	for _, id := range u.devices {
		config := func() any {
			return simulateConfig{
				Device: id, Broker: u.ready.Broker, Username: id, Password: u.secrets.Devices[id],
				StateDir: filepath.Join(u.dir, "devices", id), Speed: u.Speed,
			}
		}
		if err := u.program(ctx, self, id, config, nil, "device"); err != nil {
			return err
		}
	}
	return nil
}

func (u *up) backends() backends {
	return backends{
		Database: u.ready.Database,
		Temporal: u.ready.Temporal, TemporalNamespace: u.ready.Namespace,
		Broker: u.ready.Broker, BrokerUser: serverUser, BrokerPassword: u.secrets.Broker,
	}
}

func (u *up) objects() objectStore {
	if u.ready.S3 == "" {
		return objectStore{}
	}
	return objectStore{S3: u.ready.S3, S3Access: u.secrets.S3Access, S3Secret: u.secrets.S3Secret, S3Bucket: filesBucket}
}

func (u *up) startServer(ctx context.Context, self string) error {
	listen, err := freeOr(ctx, u.Listen)
	if err != nil {
		return err
	}
	config := func() any {
		return serverConfig{
			backends: u.backends(), Listen: listen, TemporalUI: u.ready.UI,
			AdministratorToken: u.secrets.Administrator, SessionKey: u.secrets.Session,
			objectStore: u.objects(),
		}
	}
	u.ready.URL = "http://" + listen
	u.ready.GraphQL, u.ready.Token = u.ready.URL+"/graphql", u.secrets.Administrator
	return u.program(ctx, self, "server", config, func() string { return u.ready.URL }, "server")
}

// program starts a part that is this same program.
func (u *up) program(ctx context.Context, self, name string, config func() any, describe func() string, part string) error {
	p, err := local.Start(ctx, &u.group, name, func(ctx context.Context) (*local.Program, error) {
		return local.StartProgram(ctx, local.ProgramConfig{
			Name: name, Path: self, Args: []string{"part", part}, Config: config, Describe: describe,
			Ready: u.heard, Log: u.log, Notify: u.tell,
		})
	})
	if err != nil {
		return err
	}
	u.parts[name] = p
	return nil
}

// heard reads a part's ready line. Only the server's says something.
func (u *up) heard(line json.RawMessage) {
	var r partReady
	if json.Unmarshal(line, &r) == nil && r.Login != "" {
		u.mu.Lock()
		u.ready.Login = r.Login
		u.mu.Unlock()
	}
}
