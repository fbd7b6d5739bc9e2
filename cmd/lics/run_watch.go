package main

import (
	"fmt"
	"slices"
	"time"
)

type runWatchCmd struct {
	RunID  string   `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	After  string   `placeholder:"CURSOR" help:"Only what follows this event."`
	Kind   []string `placeholder:"KIND" help:"Only events of these kinds: state, event, output, draw, variable, outcome, print, trial, …"`
	Output string   `short:"o" enum:"table,json,jsonl" default:"table" help:"How to print: table, or jsonl, which json means here too."`
}

func (c *runWatchCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	if _, err := a.run(id); err != nil { // before waiting for what may never come
		return err
	}
	last := c.After
	r, err := a.follow(id, c.After, func(e runEvent) error {
		last = e.Cursor
		if len(c.Kind) > 0 && !slices.Contains(c.Kind, e.Kind) {
			return nil
		}
		return c.print(a, e)
	})
	switch {
	case err == nil:
		a.note("%s is %s%s", id, r.Status, because(r))
	case a.ctx.Err() != nil && last != "":
		a.note("\nThe run goes on. To see what follows: lics run watch %s --after %s", id, last)
	}
	return err
}

func (c *runWatchCmd) print(a *app, e runEvent) error {
	if c.Output != asTable {
		return a.jsonLine(e)
	}
	who, at := "run", ""
	if e.DeviceID != nil {
		who = *e.DeviceID
	}
	if e.TaskTimeNS != nil {
		at = formatMS(time.Duration(*e.TaskTimeNS))
	}
	kind := fmt.Sprintf("%-12s", e.Kind)
	if a.colours(a.stdout) {
		kind = "\x1b[36m" + kind + "\x1b[0m"
	}
	_, err := fmt.Fprintf(a.stdout, "%s  %-10s  %12s  %s  %s\n", e.At.Local().Format("15:04:05.000"), who, at, kind, oneLine(e.text()))
	return err
}

// because is what ended a run, for the end of a sentence.
func because(r runInfo) string {
	switch {
	case r.Error != "":
		return ": " + oneLine(r.Error)
	case r.Outcome != "":
		return ": " + r.Outcome
	}
	return ""
}
