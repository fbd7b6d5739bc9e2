// Command bench measures LICS against the numbers of its design, each beside a
// named peer in the same run, and prints one table. It starts everything it
// needs for itself: PostgreSQL, Temporal twice (as `lics up` sets it, and as it
// comes), an MQTT broker, a worker and ingest.
//
// Figures of one machine at one hour say little; the ratios are what to look
// at. docs/benchmarks.md says how each is measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/lics-lab/lics/local"
)

// brokerArg makes this program the broker that a measurement talks to.
const brokerArg = "broker"

func main() {
	if err := start(); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func start() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) //nolint:forbidigo // the main
	defer stop()
	if len(os.Args) == 2 && os.Args[1] == brokerArg {
		return local.ServeBroker(ctx, os.Stdin, os.Stdout, local.BrokerConfig{})
	}
	return run(ctx, os.Args[1:])
}

// measure is one part of the table.
type measure struct {
	name string
	what string
	do   func(ctx context.Context, l *bench) ([]figure, error)
}

var measures = []measure{
	{"step", "a step of a run, alone", measureStep},
	{"steps", "steps of a hundred runs at once", measureSteps},
	{"command", "from a command to its reply", measureCommand},
	{"event", "the interpreter of a task", measureEvent},
	{"task", "a task of 1,000 trials, to the database", measureTask},
	{"check", "checking and compiling a graph of 1,000 nodes", measureCheck},
	{"dryrun", "a session in virtual time, and many", measureDryRun},
}

func run(ctx context.Context, args []string) error {
	testing.Init() // measureEvent is a benchmark
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	only := flags.String("only", "", "measure only these, separated by commas: "+names())
	quick := flags.Bool("quick", false, "fewer and shorter rounds, to see that it works")
	verbose := flags.Bool("v", false, "show what the parts say")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var wanted []measure
	for name := range strings.SplitSeq(*only, ",") {
		i := slices.IndexFunc(measures, func(m measure) bool { return m.name == name })
		switch {
		case name == "":
			wanted = measures
		case i < 0:
			return fmt.Errorf("there is no %q; there is %s", name, names())
		default:
			wanted = append(wanted, measures[i])
		}
	}
	b := &bench{quick: *quick, verbose: *verbose}
	var all []figure
	err := func() error {
		for _, m := range wanted {
			fmt.Fprintf(os.Stderr, "%-8s %s\n", m.name, m.what)
			figures, err := m.do(ctx, b)
			if err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			all = append(all, figures...)
		}
		return nil
	}()
	printTable(os.Stdout, all)
	return errors.Join(err, b.stop())
}

func names() string {
	var all []string
	for _, m := range measures {
		all = append(all, m.name)
	}
	return strings.Join(all, ", ")
}
