package local

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"syscall"
	"time"
)

// ProgramConfig says how a part of the product runs as a process of its own.
// Name and Path are required.
type ProgramConfig struct {
	Name string
	Path string
	Args []string
	// Config is asked before every start; its answer goes to the process as one
	// line of JSON on standard input, so that no secret is on a command line.
	Config func() any
	// Ready is given the first line the process writes on standard output, once
	// per start.
	Ready func(json.RawMessage)
	// Describe says where the part is, for people; nil says nothing.
	Describe func() string
	Grace    time.Duration // 10 s when 0
	Log      *slog.Logger
	Notify   Notify
}

// Program is a process that is started again whenever it dies.
type Program struct {
	*child
	describe func() string
}

// StartProgram returns when the process has written its ready line. The process
// must end when its standard input does.
func StartProgram(ctx context.Context, cfg ProgramConfig) (*Program, error) {
	log := logger(cfg.Log).With("part", cfg.Name)
	if cfg.Grace == 0 {
		cfg.Grace = 10 * time.Second
	}
	p := &Program{describe: cfg.Describe}
	p.child = &child{
		name: cfg.Name,
		launch: func(ctx context.Context) (*process, error) {
			proc, err := startProcess(command{
				path: cfg.Path, args: cfg.Args, env: append(childEnv(), "HOME="+os.Getenv("HOME")),
				onOrphan: syscall.SIGTERM, config: cfg.Config(), log: log,
			})
			if err != nil {
				return nil, err
			}
			var ready json.RawMessage
			if err := proc.announced(ctx, &ready); err != nil {
				_ = proc.stop(syscall.SIGKILL, 0)
				return nil, err
			}
			if cfg.Ready != nil {
				cfg.Ready(ready)
			}
			return proc, nil
		},
		signal: syscall.SIGTERM,
		grace:  cfg.Grace,
		log:    log,
		notify: cfg.Notify,
	}
	if err := p.start(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

// Detail says where the part is.
func (p *Program) Detail() string {
	if p.describe == nil {
		return ""
	}
	return p.describe()
}
