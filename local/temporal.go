package local

import (
	"context"
	"fmt"
	"log/slog"
	"syscall"
	"time"
)

// DefaultNamespace is where runs live in Temporal, unless told otherwise.
const DefaultNamespace = "lics"

// retentionDays is how long the history of a finished run stays in Temporal.
// What the lab wants to keep is in the store.
const retentionDays = 30

// SearchAttributes are what runs can be found by in Temporal, with their types.
func SearchAttributes() map[string]string {
	return map[string]string{
		"LicsOrganisation": "Keyword",
		"LicsProtocol":     "Keyword",
		"LicsDevice":       "KeywordList",
		"LicsSubject":      "Keyword",
		"LicsStatus":       "Keyword",
	}
}

// TemporalConfig says how the Temporal server runs. Only Standalone is required.
type TemporalConfig struct {
	// Standalone is the path of lics-standalone, see FindStandalone.
	Standalone string
	// Postgres holds Temporal's databases, which are made and migrated when the
	// server starts. Nil keeps everything in memory, for tests.
	Postgres *Postgres
	// Frontend and UI are loopback addresses, host:port; empty takes a free port.
	Frontend, UI string
	NoUI         bool
	// Namespace is DefaultNamespace when empty.
	Namespace string
	// StockSettings leaves Temporal's own limits, at which a step takes 51 ms, to
	// compare with.
	StockSettings bool
	Log           *slog.Logger
	Notify        Notify
}

// Temporal is a Temporal server with its web UI, for this machine only. It is
// restarted on the same addresses when it dies; open workflows go on.
type Temporal struct {
	*child
	namespace string
	ready     temporalReady
}

// temporalChild is what lics-standalone temporal reads; both sides must change
// together.
type temporalChild struct {
	Frontend         string            `json:"frontend"`
	UI               string            `json:"ui"`
	Namespace        string            `json:"namespace"`
	SearchAttributes map[string]string `json:"search_attributes"`
	RetentionDays    int               `json:"retention_days"`
	Ephemeral        bool              `json:"ephemeral"`
	Postgres         postgresChild     `json:"postgres"`
	StockSettings    bool              `json:"stock_settings"`
}

type postgresChild struct {
	Host string `json:"host"`
	Port int    `json:"port"`
	User string `json:"user"`
}

type temporalReady struct {
	Frontend string `json:"frontend"`
	UI       string `json:"ui"`
}

// StartTemporal returns when the server takes work in its namespace. ctx bounds
// the start; Stop ends the server.
func StartTemporal(ctx context.Context, cfg TemporalConfig) (*Temporal, error) {
	log := logger(cfg.Log).With("part", "temporal")
	in := temporalChild{
		Frontend:         orFree(cfg.Frontend),
		Namespace:        cfg.Namespace,
		SearchAttributes: SearchAttributes(),
		RetentionDays:    retentionDays,
		Ephemeral:        cfg.Postgres == nil,
		StockSettings:    cfg.StockSettings,
	}
	if !cfg.NoUI {
		in.UI = orFree(cfg.UI)
	}
	if in.Namespace == "" {
		in.Namespace = DefaultNamespace
	}
	if cfg.Postgres != nil {
		in.Postgres = postgresChild{Host: cfg.Postgres.socket, Port: postgresPort, User: superuser}
	}
	t := &Temporal{namespace: in.Namespace}
	t.child = &child{
		name: "temporal",
		launch: func(ctx context.Context) (*process, error) {
			var ready temporalReady
			p, err := startStandalone(ctx, cfg.Standalone, "temporal", in, &ready, log)
			if err != nil {
				return nil, err
			}
			if t.ready.Frontend == "" { // from now on it stays there
				t.ready, in.Frontend, in.UI = ready, ready.Frontend, hostPort(ready.UI)
			}
			return p, nil
		},
		signal: syscall.SIGTERM,
		grace:  10 * time.Second,
		log:    log,
		notify: cfg.Notify,
	}
	if err := t.start(ctx); err != nil {
		return nil, err
	}
	return t, nil
}

// Frontend is where clients and workers connect, host:port.
func (t *Temporal) Frontend() string { return t.ready.Frontend }

// UI is the URL of the web UI, empty when there is none.
func (t *Temporal) UI() string { return t.ready.UI }

// Namespace is where runs live.
func (t *Temporal) Namespace() string { return t.namespace }

// Detail says where the server is.
func (t *Temporal) Detail() string {
	if t.UI() == "" {
		return t.Frontend()
	}
	return fmt.Sprintf("%s, web UI %s", t.Frontend(), t.UI())
}
