package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"time"

	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

// temporalConfig is mirrored by local.TemporalConfig; both sides must change together.
type temporalConfig struct {
	// Frontend and UI are loopback addresses; port 0 takes a free one. An empty
	// UI starts none.
	Frontend  string `json:"frontend"`
	UI        string `json:"ui"`
	Namespace string `json:"namespace"`
	// SearchAttributes are names with their Temporal types, e.g. "Keyword".
	SearchAttributes map[string]string `json:"search_attributes"`
	RetentionDays    int               `json:"retention_days"`
	// Ephemeral keeps everything in memory, for tests. Otherwise Postgres says
	// where the databases temporal and temporal_visibility are or shall be.
	Ephemeral bool           `json:"ephemeral"`
	Postgres  postgresConfig `json:"postgres"`
	// StockSettings leaves Temporal's own limits, to compare with.
	StockSettings bool `json:"stock_settings"`
}

// postgresConfig names a server; Host may be the directory of a Unix socket.
type postgresConfig struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	User     string `json:"user"`
	Password string `json:"password"`
}

type temporalReady struct {
	Frontend string `json:"frontend"`
	UI       string `json:"ui,omitempty"`
}

// stopWithin bounds a graceful stop. A history is consistent at every moment,
// so whatever has not stopped by then may as well be cut off.
const stopWithin = 5 * time.Second

// runTemporal runs the four services of a Temporal server and its web UI until
// ctx ends.
func runTemporal(ctx context.Context, cfg temporalConfig, ready func(temporalReady) error) error {
	logger := log.NewZapLogger(log.BuildZapLogger(log.Config{Level: "warn"}))

	frontend, err := resolve(cfg.Frontend)
	if err != nil {
		return err
	}
	server, err := serverConfig(cfg, frontend)
	if err != nil {
		return err
	}
	if !cfg.Ephemeral {
		if err := migrate(ctx, cfg.Postgres, logger); err != nil {
			return err
		}
	}
	if err := createNamespace(server, cfg); err != nil {
		return err
	}
	// Fixed addresses instead of the gossip ring: one process needs no
	// membership protocol, and there are no heartbeats of a killed predecessor
	// in the database that a restart would try to join first.
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, service := range server.Services {
		addr := net.JoinHostPort(loopback, fmt.Sprint(service.RPC.GRPCPort))
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(addr)
	}
	srv, err := temporal.NewServer(
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithConfig(server),
		temporal.WithLogger(logger),
		temporal.WithStaticHosts(hosts),
		temporal.WithDynamicConfigClient(settings(cfg)),
	)
	if err != nil {
		return fmt.Errorf("temporal: %w", err)
	}
	if err := srv.Start(); err != nil {
		return fmt.Errorf("temporal: %w", err)
	}
	if err := awaitNamespace(ctx, frontend, cfg); err != nil {
		return fmt.Errorf("temporal: %w", err)
	}
	r := temporalReady{Frontend: frontend}
	if cfg.UI != "" {
		if r.UI, err = startUI(ctx, cfg, frontend); err != nil {
			return err
		}
	}
	if err := ready(r); err != nil {
		return err
	}

	<-ctx.Done()
	time.AfterFunc(stopWithin, func() { os.Exit(0) })
	return srv.Stop()
}
