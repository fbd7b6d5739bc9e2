package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"time"

	"github.com/alecthomas/kong"
	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/client"
	tlog "go.temporal.io/sdk/log"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/server"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/web"
)

// serverCmd is `lics server`: API, web page, and ingest, against parts that run
// elsewhere.
type serverCmd struct {
	Config       kong.ConfigFlag `help:"YAML file with settings, by the names of the flags." placeholder:"FILE"`
	serverConfig `embed:""`
}

// Run serves until it is told to stop.
func (c *serverCmd) Run(a *app) error {
	if err := c.validate(); err != nil {
		return usagef("%v", err)
	}
	log := logTo(a.stderr, slog.LevelInfo)
	first := c.AdministratorToken == ""
	if first {
		token, _ := server.NewToken()
		c.AdministratorToken = token
	}
	return serve(a.ctx, c.serverConfig, log, func(r partReady) error {
		a.note("LICS serves on %s", r.URL)
		if first {
			a.note("administrator's token, until the next start: %s\nGive LICS_ADMINISTRATOR_TOKEN to choose one that stays.", c.AdministratorToken)
		}
		return nil
	})
}

// serve runs the API and the ingest, and tells when they are ready.
func serve(ctx context.Context, cfg serverConfig, log *slog.Logger, ready func(partReady) error) error {
	st, org, admin, err := openStore(ctx, cfg.backends, log)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.SetAdministratorToken(ctx, server.TokenHash(cfg.AdministratorToken)); err != nil {
		return err
	}
	broker, err := connectBroker(cfg.backends, "server", log)
	if err != nil {
		return err
	}
	defer broker.Close()
	// Lazy: a server without Temporal can show everything, and says what it
	// cannot do.
	temporal, err := client.NewLazyClient(client.Options{HostPort: cfg.Temporal, Namespace: cfg.TemporalNamespace, Logger: tlog.NewStructuredLogger(log)})
	if err != nil {
		return fmt.Errorf("temporal: %w", err)
	}
	defer temporal.Close()

	feed := &ingest.Feed{Source: st}
	in := &ingest.Ingest{
		Store: st, Messages: broker, Organisation: org.ID, Feed: feed, Devices: ingest.NewDeviceFeed(), Runs: ingest.NewRunFeed(),
		Questions: ingest.NewQuestionFeed(), Levels: ingest.NewLevelFeed(), Log: log,
	}
	key, err := sessionKey(cfg.SessionKey)
	if err != nil {
		return err
	}
	sessions := server.NewSessions(key, false)
	files, err := cfg.open()
	if err != nil {
		return err
	}
	scfg := server.Config{
		Resolver: &graph.Resolver{
			Store: st, Runner: graph.Temporal{Client: temporal}, Commander: mqtt.NewCommander(broker, log),
			Events: feed, Devices: in.Devices, Runs: in.Runs, Questions: in.Questions, Levels: in.Levels, Log: log,
			CalibrationAge: cfg.CalibrationMaxAge, WeightAge: cfg.WeightMaxAge,
			Version: version, TemporalUI: cfg.TemporalUI, TemporalRun: graph.RunPage(cfg.TemporalUI, cfg.TemporalNamespace),
		},
		Users: st, Sessions: sessions, Web: web.Files(), Metrics: prometheus.NewRegistry(), Log: log,
		Checks: readiness(st, broker, temporal, files),
	}
	if files != nil {
		scfg.Files = files
	}
	handler := server.New(scfg)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; give another --listen", cfg.Listen, err)
	}
	at := "http://" + listener.Addr().String()
	token, err := sessions.LoginToken(admin)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return in.Run(ctx) })
	g.Go(func() error { return server.Serve(ctx, listener, handler) })
	g.Go(func() error { return ready(partReady{URL: at, Login: at + "/login?token=" + url.QueryEscape(token)}) })
	return ended(g.Wait())
}

// openStore migrates and opens the database.
func openStore(ctx context.Context, b backends, log *slog.Logger) (*store.Store, lab.Organisation, lab.User, error) {
	if err := store.Migrate(ctx, b.Database); err != nil {
		return nil, lab.Organisation{}, lab.User{}, err
	}
	st, err := store.Open(ctx, b.Database)
	if err != nil {
		return nil, lab.Organisation{}, lab.User{}, err
	}
	org, admin, err := st.EnsureOrganisation(ctx)
	if err != nil {
		st.Close()
		return nil, org, admin, err
	}
	if info, err := st.DatabaseInfo(ctx); err == nil {
		log.Info("database", "info", info)
	}
	return st, org, admin, nil
}

func connectBroker(b backends, part string, log *slog.Logger) (*mqtt.Client, error) {
	return mqtt.Start(mqtt.Config{
		URL: b.Broker, ClientID: "lics-" + part + "-" + randomHex(6), Username: b.BrokerUser, Password: b.BrokerPassword,
		KeepAlive: 5 * time.Second, Log: log,
	})
}

// sessionKey reads the seed of the key; empty is a key of this process alone.
func sessionKey(seed string) (ed25519.PrivateKey, error) {
	if seed == "" {
		return server.SessionKey(), nil
	}
	raw, err := hex.DecodeString(seed)
	if err != nil || len(raw) != ed25519.SeedSize {
		return nil, errors.New("the session key must be 64 hexadecimal digits")
	}
	return ed25519.NewKeyFromSeed(raw), nil
}

// ended forgets that we were told to stop.
func ended(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
