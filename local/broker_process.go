package local

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"syscall"
	"time"
)

// BrokerProcess is a broker in a process of its own, so that a message that
// crashes the broker, or a test that kills it, takes nothing else along. It is
// restarted on the same address, with its memory lost.
type BrokerProcess struct {
	*child
	addr string
}

type brokerReady struct {
	Addr string `json:"addr"`
}

// StartBrokerProcess runs a broker by the command line given, which must end in
// a call of ServeBroker: `lics up` gives its own program and a hidden command.
func StartBrokerProcess(ctx context.Context, cfg BrokerConfig, path string, args ...string) (*BrokerProcess, error) {
	log := logger(cfg.Log).With("part", "broker")
	b := &BrokerProcess{}
	b.child = &child{
		name: "broker",
		launch: func(ctx context.Context) (*process, error) {
			p, err := startProcess(command{
				path: path, args: args, env: childEnv(),
				onOrphan: syscall.SIGKILL, config: cfg, log: log,
			})
			if err != nil {
				return nil, err
			}
			var ready brokerReady
			if err := p.announced(ctx, &ready); err != nil {
				_ = p.stop(syscall.SIGKILL, 0)
				return nil, err
			}
			if b.addr == "" { // from now on it stays there
				b.addr, cfg.Addr = ready.Addr, ready.Addr
			}
			return p, nil
		},
		signal: syscall.SIGTERM,
		grace:  5 * time.Second,
		log:    log,
		notify: cfg.Notify,
	}
	if err := b.start(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// Addr is where the broker listens, host:port.
func (b *BrokerProcess) Addr() string { return b.addr }

// Detail says where the broker is.
func (b *BrokerProcess) Detail() string { return "mqtt://" + b.addr }

// ServeBroker is the main of a broker process: it reads its configuration from
// in, says on out where it listens, and serves until ctx or in ends.
func ServeBroker(ctx context.Context, in io.Reader, out io.Writer, cfg BrokerConfig) error {
	parent := bufio.NewReader(in)
	line, err := parent.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("broker: read the configuration: %w", err)
	}
	if err := json.Unmarshal(line, &cfg); err != nil {
		return fmt.Errorf("broker: configuration: %w", err)
	}
	b, err := StartBroker(ctx, cfg)
	if err != nil {
		return err
	}
	orphaned := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, parent)
		close(orphaned)
	}()
	if err := json.NewEncoder(out).Encode(brokerReady{Addr: b.Addr()}); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-orphaned:
	}
	return b.Stop()
}
