package main

import (
	"fmt"
	"time"
)

type runReplayCmd struct {
	RunID string `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	With  string `placeholder:"PROTOCOL" help:"Another version: a file, template:NAME, NAME or NAME@VERSION; the run's own when absent."`
	outputFlag
}

// replayed is the JSON of `lics run replay`.
type replayed struct {
	Same        bool        `json:"same"`
	Difference  *difference `json:"difference"`
	Decisions   int         `json:"decisions"`
	Inputs      int         `json:"inputs"`
	Draws       int         `json:"draws"`
	Events      int         `json:"events"`
	Tasks       int         `json:"tasks"`
	Interrupted int         `json:"interrupted"`
	DeviceRows  int         `json:"deviceRows"`
}

type difference struct {
	At        time.Time     `json:"at"`
	ElapsedNs int64         `json:"elapsedNs"`
	Node      string        `json:"node"`
	Visit     string        `json:"visit"`
	Role      string        `json:"role"`
	Trial     int           `json:"trial"`
	Row       int           `json:"row"`
	Expected  *replayedFact `json:"expected"`
	Got       *replayedFact `json:"got"`
}

type replayedFact struct {
	AtNs int64  `json:"atNs"`
	Kind string `json:"kind"`
	Text string `json:"text"`
	Node string `json:"node"`
}

const replayRunQuery = `query Replay($in: ReplayRunInput!) {
  replayRun(input: $in) {
    same decisions inputs draws events tasks interrupted deviceRows
    difference { at elapsedNs node visit role trial row expected { ...FactFields } got { ...FactFields } }
  }
}
fragment FactFields on ReplayFact { atNs kind text node }`

func (c *runReplayCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	in := map[string]any{"run": id}
	if c.With != "" {
		if in["document"], err = a.documentOf(c.With); err != nil {
			return err
		}
	}
	got, err := query[struct {
		ReplayRun replayed `json:"replayRun"`
	}](a, replayRunQuery, map[string]any{"in": in})
	if err != nil {
		return err
	}
	r := got.ReplayRun
	if err := printOne(a, c.Output, r, func() error { return a.tellReplay(r) }); err != nil {
		return err
	}
	if !r.Same {
		return errSaid
	}
	return nil
}

func (a *app) tellReplay(r replayed) error {
	given := fmt.Sprintf("%s (%s) and %s of the session came out again; %s given", plural(r.Decisions, "decision"),
		plural(r.Draws, "draw"), plural(r.Events, "event"), plural(r.Inputs, "input"))
	lines := [][]string{}
	add := func(name, text string) { lines = append(lines, []string{name, text}) }
	if r.Same {
		add("same", given)
	} else {
		d := r.Difference
		add("first difference", fmt.Sprintf("%s ms after the start (%s)", formatMS(time.Duration(d.ElapsedNs)), d.At.Format(time.RFC3339Nano)))
		where := "node " + d.Node
		if d.Visit != "" && d.Visit != "1" {
			where += ", visit " + d.Visit
		}
		if d.Trial > 0 {
			where += fmt.Sprintf(", trial %d", d.Trial)
		}
		add("in", where)
		add("expected", told(d.Expected))
		add("got", told(d.Got))
		add("before it", given)
	}
	if r.Interrupted > 0 {
		add("interrupted", fmt.Sprintf("%d of %s, replayed as far as recorded", r.Interrupted, plural(r.Tasks, "task")))
	}
	if r.DeviceRows > 0 {
		add("not compared", plural(r.DeviceRows, "row")+" that devices added by themselves")
	}
	return a.table(lines, false)
}

func told(f *replayedFact) string {
	if f == nil {
		return "nothing"
	}
	text := f.Kind + " " + oneLine(f.Text)
	if f.AtNs > 0 {
		text += " at " + formatMS(time.Duration(f.AtNs)) + " ms"
	}
	if f.Node != "" {
		text += " (node " + f.Node + ")"
	}
	return text
}
