package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/expr"
)

// simulatedRun is the JSON of `lics protocol dry-run -o json`.
type simulatedRun struct {
	Seed        int64            `json:"seed"`
	Ended       string           `json:"ended"` // end, until, rows or failed
	Outcome     string           `json:"outcome"`
	Error       string           `json:"error"`
	DurationMS  json.Number      `json:"durationMs"`
	Microlitres float64          `json:"microlitres"`
	Outcomes    map[string]int   `json:"outcomes"`
	Trials      []simulatedTrial `json:"trials"`
	Warnings    []string         `json:"warnings"`
	Rows        []simulatedRow   `json:"rows"`
}

type simulatedTrial struct {
	Node       string      `json:"node"`
	Number     int         `json:"number"`
	StartMS    json.Number `json:"startMs"`
	DurationMS json.Number `json:"durationMs"`
	Outcome    string      `json:"outcome"`
}

// simulatedRow is one line of `lics protocol dry-run -o jsonl`.
type simulatedRow struct {
	TimeMS json.Number `json:"timeMs"`
	Kind   string      `json:"kind"`
	Name   string      `json:"name"`
	Value  any         `json:"value"`
	Node   string      `json:"node"`
	Role   string      `json:"role"`
	Trial  int         `json:"trial"`
	// Of an output only, where it has them.
	RampMS      json.Number `json:"rampMs,omitempty"`
	FrequencyHz float64     `json:"frequencyHz,omitempty"`
}

func simulatedRowOf(r dryrun.Row) simulatedRow {
	row := simulatedRow{
		TimeMS: json.Number(formatMS(r.At)), Kind: string(r.Kind), Name: r.Name,
		Node: r.Node, Role: r.Role, Trial: int(r.Trial),
	}
	if !r.Value.IsZero() {
		row.Value = formed(r.Value)
	}
	if r.Ramp > 0 {
		row.RampMS = json.Number(formatMS(r.Ramp))
	}
	row.FrequencyHz = r.Frequency
	return row
}

func simulated(seed int64, rows []simulatedRow, r dryrun.Result) simulatedRun {
	out := simulatedRun{
		Seed: seed, Ended: r.Ended, Outcome: r.Outcome, Error: r.Error,
		DurationMS: json.Number(formatMS(r.Duration)), Microlitres: r.Microlitres, Outcomes: r.Outcomes,
		Trials: []simulatedTrial{}, Warnings: []string{}, Rows: append([]simulatedRow{}, rows...),
	}
	for _, w := range r.Warnings {
		out.Warnings = append(out.Warnings, w.Message)
	}
	for _, t := range r.Trials {
		out.Trials = append(out.Trials, simulatedTrial{
			Node: t.Node, Number: t.Number, Outcome: t.Outcome,
			StartMS: json.Number(formatMS(t.Start)), DurationMS: json.Number(formatMS(t.Duration)),
		})
	}
	return out
}

// formatMS writes a time in milliseconds, exactly: a whole number when it is
// one, else with as many of six decimals as it takes.
func formatMS(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	whole := sign + strconv.FormatInt(int64(d/time.Millisecond), 10)
	rest := int64(d % time.Millisecond)
	if rest == 0 {
		return whole
	}
	digits := strconv.FormatInt(1_000_000+rest, 10)[1:]
	return whole + "." + strings.TrimRight(digits, "0")
}

// span is a duration on the command line, written as in protocols: 60s, 250ms,
// 30min, 2h; Go's 1h30m is understood too.
type span time.Duration

// UnmarshalText implements encoding.TextUnmarshaler for kong.
func (s *span) UnmarshalText(text []byte) error {
	d, err := expr.ParseDuration(string(text))
	if err != nil {
		other, goErr := time.ParseDuration(string(text))
		if goErr != nil || other < 0 {
			return err
		}
		d = other
	}
	*s = span(d)
	return nil
}
