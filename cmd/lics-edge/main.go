// Command lics-edge is the agent: it runs on the Raspberry Pi of a box, takes
// commands and programs from the server, drives the box, and keeps what
// happened until the server has it.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/lmittmann/tint"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/edge/driver/gpio"
	"github.com/lics-lab/lics/edge/driver/sim"
)

// version is set by the linker.
var version = "dev"

// drivers are all parts that this agent knows. A new one is a line here.
var drivers = []driver.Driver{
	gpio.Driver{},
	sim.Driver{},
}

type cli struct {
	Run   runCmd   `cmd:"" default:"withargs" help:"Be the agent of a device (the default)."`
	Guard guardCmd `cmd:"" hidden:"" help:"Put the box safe when the agent dies; started by the agent."`

	Version kong.VersionFlag `help:"Print the version."`
}

type runCmd struct {
	Device       string        `help:"The device's id, as in its topics." env:"LICS_DEVICE" required:""`
	Broker       string        `help:"The broker's URL." env:"LICS_BROKER" default:"mqtt://127.0.0.1:1883"`
	Username     string        `help:"At the broker; the device's id when not given." env:"LICS_USERNAME"`
	Password     string        `hidden:"" env:"LICS_PASSWORD"`
	PasswordFile string        `help:"File with the password; or set LICS_PASSWORD." env:"LICS_PASSWORD_FILE" type:"existingfile"`
	StateDir     string        `help:"Where the journal and the outbox are kept." env:"LICS_STATE_DIR" default:"/var/lib/lics-edge" type:"path"`
	Rig          string        `help:"The box, in YAML; not needed with --sim." env:"LICS_RIG" type:"existingfile"`
	Sim          bool          `help:"Simulate the box, with an animal in it." env:"LICS_SIM"`
	Speed        float64       `help:"How much faster than real time a simulated box lives." env:"LICS_SPEED" default:"1"`
	Lease        time.Duration `help:"How long an output outlives a lost link or agent." env:"LICS_LEASE" default:"1s"`
	NoGuard      bool          `help:"Start no guard process." env:"LICS_NO_GUARD"`
	Verbose      bool          `short:"v" help:"Say everything." env:"LICS_VERBOSE"`
}

type guardCmd struct{}

func main() {
	c := &cli{}
	k := kong.Parse(c, kong.Name("lics-edge"), kong.Description("The LICS agent: drives a box and records what happens in it."),
		kong.Vars{"version": version}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err := k.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "lics-edge: %v\n", err)
		os.Exit(1)
	}
}

// Run is the agent until it is told to stop.
func (r *runCmd) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cfg, err := r.config()
	if err != nil {
		return err
	}
	cfg.Ready = func() { notify("READY=1\nSTATUS=connected to the broker") }
	return edge.Run(ctx, cfg)
}

func (r *runCmd) config() (edge.Config, error) {
	cfg := edge.Config{
		Device: r.Device, Broker: r.Broker, Username: r.Username, Password: r.Password, StateDir: r.StateDir,
		Drivers: drivers, Lease: r.Lease, Version: version, Log: logger(r.Verbose),
	}
	if cfg.Username == "" {
		cfg.Username = r.Device
	}
	if r.PasswordFile != "" {
		b, err := os.ReadFile(r.PasswordFile)
		if err != nil {
			return cfg, err
		}
		cfg.Password = strings.TrimSpace(string(b))
	}
	if r.Rig != "" {
		b, err := os.ReadFile(r.Rig)
		if err != nil {
			return cfg, err
		}
		cfg.Rig = b
	}
	switch {
	case r.Sim:
		cfg.Speed = r.Speed
		cfg = edge.Simulated(cfg)
	case r.Rig == "":
		return cfg, errors.New("which box is this? Give --rig FILE, or --sim for a simulated one")
	}
	if !r.NoGuard {
		self, err := os.Executable()
		if err != nil {
			return cfg, err
		}
		cfg.Guard = []string{self, "guard"}
	}
	return cfg, nil
}

// Run is the guard process.
func (*guardCmd) Run() error { return edge.Guard(os.Stdin, drivers, logger(false)) }

func logger(verbose bool) *slog.Logger {
	level := slog.LevelInfo
	if verbose {
		level = slog.LevelDebug
	}
	if info, err := os.Stderr.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		return slog.New(tint.NewTextHandler(os.Stderr, &tint.Options{Level: level, TimeFormat: time.TimeOnly}))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
