package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/lics-lab/lics/local"
)

// upCmd runs LICS and everything it needs on this machine.
type upCmd struct {
	DataDir   string  `help:"Where everything is kept." env:"LICS_DATA_DIR" placeholder:"DIR" type:"path"`
	Listen    string  `help:"Address of the web page and the API; a free port when 8400 is taken." env:"LICS_LISTEN" default:"127.0.0.1:8400"`
	Broker    string  `help:"Address of the MQTT broker." env:"LICS_BROKER_LISTEN" default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	Simulate  int     `help:"Start this many simulated boxes (box-1, box-2, …), each with a simulated animal." default:"0" placeholder:"N"`
	Speed     float64 `help:"How much faster than real time the simulated boxes live." default:"1"`
	Demo      bool    `help:"Start the five-choice task on the first simulated box."`
	ReadyFile string  `help:"Write every address and the token into this file when all is ready." placeholder:"FILE" type:"path"`
	Outside   string  `help:"YAML file with the web services, webhooks, credentials and the mail server that runs may reach." env:"LICS_OUTSIDE" placeholder:"FILE" type:"path"`
	NoS3      bool    `name:"no-s3" help:"Do without the object store." hidden:""`
	Verbose   bool    `short:"v" help:"Show what the parts say."`
}

// readyFile is what `lics up` writes when all is ready, here and in its data
// directory, where the command line finds it.
type readyFile struct {
	PID       int    `json:"pid"`
	URL       string `json:"url"`
	GraphQL   string `json:"graphql"`
	Token     string `json:"token"`
	Login     string `json:"login"`
	Broker    string `json:"broker"`
	Database  string `json:"database"`
	Temporal  string `json:"temporal"`
	Namespace string `json:"temporal_namespace"`
	UI        string `json:"temporal_ui"`
	S3        string `json:"s3,omitempty"`
	DataDir   string `json:"data_dir"`
	// Devices are the simulated ones.
	Devices []string `json:"devices,omitempty"`
	// PIDs are the parts by name. A part that dies is started again under
	// another number.
	PIDs map[string]int `json:"pids"`
	// DemoRun is the run that --demo started.
	DemoRun string `json:"demo_run,omitempty"`
}

// Run starts the parts one after the other and waits for the end.
func (c *upCmd) Run(a *app) error {
	dir, err := c.dataDir()
	if err != nil {
		return err
	}
	lock, err := local.Lock(filepath.Join(dir, "lock"))
	if err != nil {
		return fmt.Errorf("%w; use its token, or give another --data-dir", err)
	}
	defer lock.Close()
	_ = os.Remove(filepath.Join(dir, readyName)) // of an earlier life

	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	u := &up{upCmd: *c, app: a, dir: dir, log: logTo(a.stderr, level), parts: map[string]interface{ PID() int }{}}
	u.group.Notify = u.tell
	for i := range c.Simulate {
		u.devices = append(u.devices, fmt.Sprintf("box-%d", i+1))
	}
	var first bool
	if u.secrets, first, err = loadSecrets(dir, u.devices); err != nil {
		return err
	}
	err = u.start(a.ctx)
	if err == nil {
		err = u.announce(first)
	}
	if err == nil {
		<-a.ctx.Done()
		fmt.Fprintln(a.stderr, "\nstopping; a second start goes on where this one stops")
	}
	_ = os.Remove(filepath.Join(dir, readyName))
	if c.ReadyFile != "" {
		_ = os.Remove(c.ReadyFile)
	}
	stopErr := u.group.Stop()
	if a.ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = nil // asked to stop while starting
	}
	return errors.Join(err, stopErr)
}

func (c *upCmd) dataDir() (string, error) {
	dir := c.DataDir
	if dir == "" {
		var err error
		if dir, err = local.DefaultDataDir(); err != nil {
			return "", err
		}
	}
	// Others may pass through, to PostgreSQL's own directory, but not look.
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return "", fmt.Errorf("the data directory cannot be made: %w", err)
	}
	return dir, nil
}

// readyName is the ready file's name in the data directory.
const readyName = "ready.json"

// up is a running `lics up`.
type up struct {
	upCmd
	app     *app
	dir     string
	log     *slog.Logger
	secrets secrets
	devices []string
	group   local.Group
	parts   map[string]interface{ PID() int }

	mu        sync.Mutex // for what follows, which a restarted part changes
	ready     readyFile
	announced bool
}

// tell shows what the parts are doing while they start, and when one dies.
func (u *up) tell(e local.Event) {
	switch e.State {
	case local.Starting:
		fmt.Fprintf(u.app.stderr, "  %-12s starting\n", e.Part)
	case local.Ready:
		u.rewrite()
		fmt.Fprintf(u.app.stderr, "  %-12s ready in %v  %s\n", e.Part, e.Took.Round(10*time.Millisecond), e.Detail)
	case local.Down:
		fmt.Fprintf(u.app.stderr, "  %-12s died, starting again: %v\n", e.Part, e.Err)
	case local.Stopped:
		if e.Err != nil {
			fmt.Fprintf(u.app.stderr, "  %-12s stopped: %v\n", e.Part, e.Err)
		}
	}
}

// snapshot is the ready file as things are now.
func (u *up) snapshot() readyFile {
	u.mu.Lock()
	defer u.mu.Unlock()
	r := u.ready
	r.PID, r.DataDir, r.Devices, r.PIDs = os.Getpid(), u.dir, u.devices, map[string]int{}
	for name, p := range u.parts {
		r.PIDs[name] = p.PID()
	}
	return r
}

// rewrite keeps the ready file of the data directory true when a part came
// back under another number.
func (u *up) rewrite() {
	u.mu.Lock()
	announced := u.announced
	u.mu.Unlock()
	if !announced {
		return
	}
	if err := writePrivate(filepath.Join(u.dir, readyName), u.snapshot()); err != nil {
		u.log.Warn("ready file not written", "error", err)
	}
}

// announce writes the ready files and says where everything is.
func (u *up) announce(first bool) error {
	if u.Demo {
		run, err := u.demo(u.app.ctx)
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		u.ready.DemoRun = run
	}
	u.mu.Lock()
	u.announced = true
	u.mu.Unlock()
	r := u.snapshot()
	for _, path := range []string{filepath.Join(u.dir, readyName), u.ReadyFile} {
		if path == "" {
			continue
		}
		if err := writePrivate(path, r); err != nil {
			return err
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\nLICS is up. Ctrl-C stops it; a second start goes on where it stopped.\n\n")
	fmt.Fprintf(&b, "  web page     %s\n  API          %s\n  Temporal UI  %s\n  MQTT broker  %s\n", r.URL, r.GraphQL, r.UI, r.Broker)
	if len(u.devices) > 0 {
		fmt.Fprintf(&b, "  simulated    %s\n", strings.Join(u.devices, ", "))
	}
	if r.DemoRun != "" {
		fmt.Fprintf(&b, "  demo         lics run watch %s\n", r.DemoRun)
	}
	if first {
		fmt.Fprintf(&b, "\n  administrator's token (also in %s):\n  %s\n", filepath.Join(u.dir, "secrets.json"), u.secrets.Administrator)
	}
	fmt.Fprintf(&b, "\n  log in a browser once:  %s\n\n", r.Login)
	fmt.Fprint(u.app.stdout, b.String())
	return nil
}

// freeOr returns the address itself when it can be listened on, else the same
// host with a free port.
func freeOr(ctx context.Context, address string) (string, error) {
	for range 2 {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err == nil {
			defer l.Close()
			return l.Addr().String(), nil
		}
		host, _, splitErr := net.SplitHostPort(address)
		if splitErr != nil {
			return "", fmt.Errorf("--listen %q is not host:port", address)
		}
		address = net.JoinHostPort(host, "0")
	}
	return "", fmt.Errorf("cannot listen on %s", address)
}
