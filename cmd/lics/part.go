package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/local"
)

// partCmd is one part of `lics up`, as a process of its own. It reads its
// configuration from standard input, so that no secret is on a command line,
// and ends when that input does.
type partCmd struct {
	Name string `arg:"" enum:"broker,server,worker,device,guard" help:"Which part."`
}

// Run is the main of the part.
func (c *partCmd) Run(a *app) error {
	if c.Name == "broker" {
		return local.ServeBroker(a.ctx, a.stdin, a.stdout, local.BrokerConfig{Log: logTo(a.stderr, levelPart)})
	}
	if c.Name == "guard" {
		return edge.Guard(a.stdin, simulatedDrivers(), logTo(a.stderr, levelPart))
	}
	in := bufio.NewReader(a.stdin)
	line, err := in.ReadBytes('\n')
	if err != nil {
		return errors.New("this command is for `lics up`: no configuration on standard input")
	}
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel()
	go func() { // `lics up` is gone
		_, _ = io.Copy(io.Discard, in)
		cancel()
	}()
	ready := func(r partReady) error { return json.NewEncoder(a.stdout).Encode(r) }
	log := logTo(a.stderr, levelPart).With("part", c.Name)
	switch c.Name {
	case "server":
		var cfg serverConfig
		if err := json.Unmarshal(line, &cfg); err != nil {
			return err
		}
		return serve(ctx, cfg, log, ready)
	case "worker":
		var cfg workerConfig
		if err := json.Unmarshal(line, &cfg); err != nil {
			return err
		}
		return work(ctx, cfg, log, ready)
	default:
		var cfg simulateConfig
		if err := json.Unmarshal(line, &cfg); err != nil {
			return err
		}
		return simulate(ctx, cfg, log, ready)
	}
}
