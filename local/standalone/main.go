// Command lics-standalone holds the parts of `lics up` that are too big to be
// linked into lics itself: the Temporal server with its web UI, and an S3
// gateway. It is a module of its own because those two bring some 250 modules
// and five minutes of cold build with them, which nobody who works on LICS, and
// no Raspberry Pi, should have to pay.
//
// Package github.com/lics-lab/lics/local starts it as a child process; see
// process.go for the few words the two say to each other.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `usage: lics-standalone temporal|s3 [--config FILE]

Without --config, the first line of standard input is the configuration (JSON)
and the process ends when standard input does: a parent that dies takes it along.
`

func main() {
	// Both halves print to standard output when they feel like it. It belongs to
	// the ready line alone.
	ready := os.Stdout
	os.Stdout = os.Stderr

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := run(ctx, ready, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "lics-standalone:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, ready *os.File, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "temporal", len(args) == 3 && args[0] == "temporal" && args[1] == "--config":
		var cfg temporalConfig
		if err := configure(&cfg, args[1:]); err != nil {
			return err
		}
		return runTemporal(ctx, cfg, func(r temporalReady) error { return announce(ready, r) })
	case len(args) == 1 && args[0] == "s3", len(args) == 3 && args[0] == "s3" && args[1] == "--config":
		var cfg s3Config
		if err := configure(&cfg, args[1:]); err != nil {
			return err
		}
		return runS3(ctx, cfg, func(r s3Ready) error { return announce(ready, r) })
	}
	fmt.Fprint(os.Stderr, usage)
	os.Exit(2)
	return nil
}
