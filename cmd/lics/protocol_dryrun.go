package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

type protocolDryRunCmd struct {
	Document string   `arg:"" name:"document" help:"A file, - for standard input, or template:NAME."`
	Param    []string `sep:"none" placeholder:"NAME=VALUE" help:"A value for a parameter; others take their defaults."`
	Set      []string `sep:"none" placeholder:"TIME:NAME=VALUE" help:"Change a live parameter at a time since the start, such as 60s:reward=4."`
	Began    string   `placeholder:"TIME" help:"When the virtual run begins, such as 2026-03-28T18:00, for waits until a time of day."`
	Zone     string   `placeholder:"ZONE" help:"The time zone of --began, such as Europe/Lisbon; UTC when absent."`
	Silent   []string `sep:"none" placeholder:"TIME:FOR[:ROLE]" help:"Let a device fall silent at a time, for so long, such as 10min:5min."`
	Metric   []string `sep:"none" placeholder:"TIME:[ROLE.]NAME=VALUE" help:"Give a metric of a device a value at a time, such as 10min:temperature=31; - when it is not measured any more."`
	Inputs   string   `placeholder:"FILE" help:"Events to give instead of the simulated animal's: lines of time_ms, a tab, and the event."`
	Draws    string   `placeholder:"FILE" help:"Values that random streams give first: a JSON object from stream to list."`
	Seed     int64    `default:"1" help:"All random draws come from it."`
	Until    span     `placeholder:"TIME" help:"End after this much virtual time, such as 60s or 30min."`
	Animal   []string `sep:"none" placeholder:"NAME=VALUE" help:"The character of the simulated animal, such as accuracy=0.6 or reaction=400ms."`
	Animals  int      `placeholder:"N" help:"Let this many animals do it, and say how they are spread."`
	Spread   float64  `default:"0.3" help:"How much those animals differ, 0 to 2."`
	Output   string   `short:"o" enum:"tsv,table,json,jsonl," default:"" help:"How to print: tsv, table, json or jsonl."`
}

func (c *protocolDryRunCmd) Run(a *app) error {
	p, options, err := c.prepare(a)
	if err != nil {
		return err
	}
	if c.Animals != 0 {
		return c.cohort(a, p, options)
	}
	c.Output = cmpOr(c.Output, "tsv")
	ctx, stop := context.WithCancelCause(a.ctx)
	defer stop(nil)
	out := bufio.NewWriterSize(a.stdout, 1<<16)
	rows := &rowPrinter{out: out, format: c.Output, warn: a.note}
	options.Row = func(r dryrun.Row) {
		if err := rows.print(r); err != nil {
			stop(err) // nobody reads: do not run to the end
		}
	}
	result, err := dryrun.Run(ctx, p, options)
	if cause := context.Cause(ctx); cause != nil && a.ctx.Err() == nil {
		return cause
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		return &usageError{err.Error()}
	}
	if err != nil {
		return errors.Join(err, out.Flush())
	}
	if c.Output == asJSON {
		a.stdout = out
		err = a.json(simulated(c.Seed, rows.kept, result))
	}
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	c.summarise(a, rows, result)
	if result.Ended == "failed" {
		return errSaid
	}
	return nil
}

// prepare reads everything that the command line names.
func (c *protocolDryRunCmd) prepare(a *app) (*plan.Plan, dryrun.Options, error) {
	o := dryrun.Options{Seed: c.Seed, Until: time.Duration(c.Until)}
	s, err := a.read(c.Document)
	if err != nil {
		return nil, o, err
	}
	p, ds := s.check()
	a.complain(s.name, ds)
	if diagnostic.HasErrors(ds) {
		a.note("lics: %s: %s", s.name, counted(ds))
		return nil, o, errSaid
	}
	known := make([]declared, 0, len(p.Parameters))
	for _, q := range p.Parameters {
		known = append(known, declared{q.Name, q.Type})
	}
	if o.Parameters, err = parameters("--param ", c.Param, known); err != nil {
		return nil, o, err
	}
	if o.Changes, err = changes(c.Set, known); err != nil {
		return nil, o, err
	}
	if err = c.world(&o); err != nil {
		return nil, o, err
	}
	if c.Inputs != "" {
		if o.Inputs, err = readInputs(c.Inputs); err != nil {
			return nil, o, err
		}
	}
	if c.Draws != "" {
		if o.Draws, err = readDraws(c.Draws); err != nil {
			return nil, o, err
		}
	}
	o.Animal, err = character(c.Animal)
	return p, o, err
}

// shown are the kinds of rows in tsv: what a task did, and nothing about the
// running of it.
var shown = map[task.Kind]bool{
	task.KindState: true, task.KindEvent: true, task.KindOutput: true, task.KindDraw: true,
	task.KindVariable: true, task.KindParameter: true, task.KindOutcome: true, task.KindPrint: true,
}

// rowPrinter prints rows as they come; for json it keeps them.
type rowPrinter struct {
	out      *bufio.Writer
	format   string
	warn     func(format string, args ...any)
	warnings int
	kept     []simulatedRow
}

// maxWarnings is how many warnings are worth reading; the rest is counted.
const maxWarnings = 20

func (p *rowPrinter) print(r dryrun.Row) error {
	if r.Kind == task.KindWarning {
		if p.warnings++; p.warnings <= maxWarnings {
			p.warn("%s ms: warning: %s", formatMS(r.At), oneLine(r.Text()))
		}
	}
	var err error
	switch p.format {
	case asJSON:
		p.kept = append(p.kept, simulatedRowOf(r))
	case asJSONL:
		var line []byte
		if line, err = json.Marshal(simulatedRowOf(r)); err == nil {
			_, err = p.out.Write(append(line, '\n'))
		}
	case asTable:
		_, err = fmt.Fprintf(p.out, "%14s  %-8s  %s\n", formatMS(r.At), r.Kind, oneLine(r.Text()))
	default:
		if shown[r.Kind] {
			_, err = fmt.Fprintf(p.out, "%s\t%s\t%s\n", formatMS(r.At), r.Kind, oneLine(r.Text()))
		}
	}
	return err
}

func (c *protocolDryRunCmd) summarise(a *app, rows *rowPrinter, r dryrun.Result) {
	if more := rows.warnings - maxWarnings; more > 0 {
		a.note("warning: and %d more", more)
	}
	for _, w := range r.Warnings {
		a.note("warning: %s", w.Message)
	}
	parts := []string{fmt.Sprintf("seed %d", c.Seed), fmt.Sprintf("%s of virtual time", lasted(r.Duration)), plural(len(r.Trials), "trial") + outcomes(r.Outcomes)}
	if r.Microlitres > 0 {
		parts = append(parts, fmt.Sprintf("%.6g µl", r.Microlitres))
	}
	switch r.Ended {
	case "end":
		parts = append(parts, "ended: "+cmpOr(r.Outcome, "end"))
	case "failed":
		parts = append(parts, "failed: "+oneLine(r.Error))
	case "until":
		parts = append(parts, "ended by --until")
	default:
		parts = append(parts, "ended by the limit of "+r.Ended)
	}
	a.note("%s", strings.Join(parts, ", "))
}

func outcomes(counts map[string]int) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, counts[name]))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func cmpOr(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
