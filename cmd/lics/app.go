// Package main is lics: the command line, and the processes behind it. A
// command turns flags into plain values, calls the packages that do the work,
// and prints; nothing else lives here.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/lics-lab/lics/lab"
)

// version is set by the linker.
var version = "dev"

// cli is the tree of commands.
type cli struct {
	Up       upCmd       `cmd:"" help:"Run LICS with everything it needs on this machine."`
	Server   serverCmd   `cmd:"" help:"Serve the API and the web page, against parts that run elsewhere."`
	Worker   workerCmd   `cmd:"" help:"Run the runs, against parts that run elsewhere."`
	Part     partCmd     `cmd:"" hidden:"" help:"A part of lics up."`
	Protocol protocolCmd `cmd:"" help:"Check, dry-run, save and compare protocols."`
	Run      runCmd      `cmd:"" help:"Start, watch and control runs."`
	Device   deviceCmd   `cmd:"" help:"See devices and try them out."`
	Subject  subjectCmd  `cmd:"" help:"See and add subjects."`
	Doctor   doctorCmd   `cmd:"" help:"Say what is missing on this machine, and how to get it."`

	Version kong.VersionFlag `help:"Print the version."`
}

// app is what commands get from the outside, so that a test can stand in for
// a terminal.
type app struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	env    func(string) string
}

// The exit codes. Scripts rely on them; docs/cli.md lists them.
const (
	exitOK          = 0
	exitFailed      = 1   // the thing failed: diagnostics with errors, a failed run, the server said no
	exitUsage       = 2   // the command line is wrong
	exitInterrupted = 130 // Ctrl-C, as shells have it
)

// usageError is a mistake in the command line or in a file that it names.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// errSaid ends a command with exitFailed when everything was printed already.
var errSaid = errors.New("failed")

// exited carries the code of kong's own exits (--help, --version) out of it.
type exited int

// run is the whole program: it parses the arguments, runs the command, prints
// what went wrong and returns the exit code.
func run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	a := &app{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr, env: env}
	defer func() {
		switch p := recover().(type) {
		case nil:
		case exited:
			code = int(p)
		default:
			panic(p)
		}
	}()
	parser, err := newParser(&cli{}, stdout, stderr)
	if err != nil {
		return a.fail(err)
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return a.fail(err)
	}
	return a.fail(parsed.Run(a))
}

func newParser(c *cli, stdout, stderr io.Writer) (*kong.Kong, error) {
	return kong.New(c,
		kong.Name("lics"),
		kong.Description("Draw an experiment, run it on Raspberry Pi devices, trust what was recorded."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exited(code)) }),
		kong.Configuration(readSettings),
		kong.Vars{"version": version},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
}

// fail says what went wrong and picks the exit code.
func (a *app) fail(err error) int {
	var parse *kong.ParseError
	var usage *usageError
	switch {
	case err == nil, closedPipe(err):
		return exitOK // who reads us has seen enough
	case errors.Is(err, errSaid):
		return exitFailed
	case errors.Is(err, context.Canceled) && a.ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &parse):
		fmt.Fprintf(a.stderr, "lics: %v\nTry: lics %s--help\n", err, commandOf(parse.Context))
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(a.stderr, "lics: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(a.stderr, "lics: %v\n", err)
	var ours *lab.Error
	if errors.As(err, &ours) && ours.Code == lab.Unauthenticated {
		fmt.Fprintln(a.stderr, "Set LICS_TOKEN to a token of that server; a local `lics up` writes its own into its ready file.")
	}
	return exitFailed
}

// commandOf is the command as far as it was understood, for a hint.
func commandOf(c *kong.Context) string {
	if c == nil {
		return ""
	}
	var words strings.Builder
	for _, p := range c.Path {
		if p.Command != nil {
			words.WriteString(p.Command.Name + " ")
		}
	}
	return words.String()
}

// closedPipe reports that the reader of our output went away, as `| head` does.
func closedPipe(err error) bool {
	if _, ok := errors.AsType[*unreachable](err); ok {
		return false
	}
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, fs.ErrClosed)
}

// note tells the person something that is not the result.
func (a *app) note(format string, args ...any) {
	fmt.Fprintf(a.stderr, format+"\n", args...)
}
