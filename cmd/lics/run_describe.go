package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/lab"
)

type runDescribeCmd struct {
	RunID string `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	outputFlag
}

// runDetail is the JSON of `lics run describe`: the run, and what belongs to it.
type runDetail struct {
	runInfo
	Steps      []runStep   `json:"steps"`
	Trials     trialCounts `json:"trials"`
	Expected   []expected  `json:"expected"`
	Notes      []noteInfo  `json:"notes"`
	HumanSteps []humanStep `json:"humanSteps"`
}

type runStep struct {
	Node      string     `json:"node"`
	Visit     string     `json:"visit"`
	Status    string     `json:"status"`
	Port      string     `json:"port"`
	Error     string     `json:"error"`
	StartedAt time.Time  `json:"startedAt"`
	EndedAt   *time.Time `json:"endedAt"`
}

type trialCounts struct {
	Count    int            `json:"count"`
	Outcomes map[string]int `json:"outcomes"`
}

// expected is a device of a run that is not sealed, with the rows that it still
// has to send.
type expected struct {
	Role     string     `json:"role"`
	DeviceID string     `json:"deviceId"`
	Online   bool       `json:"online"`
	Outbox   int64      `json:"outbox"`
	LastSeen *time.Time `json:"lastSeen"`
}

const runDetailQuery = `query Describe($id: ID!) {
  run(id: $id) {
    ...RunFields
    steps { node visit status port error startedAt endedAt }
    bound: devices { role deviceId device { online outbox lastSeen } }
    notes { id at by text }
    humanSteps { ...HumanStepFields }
  }
}` + runFields + humanStepFields

const trialsQuery = `query Trials($id: ID!, $first: Int!, $after: Cursor) {
  run(id: $id) { trials(first: $first, after: $after) { nodes { outcome } pageInfo { hasNextPage endCursor } } }
}`

func (c *runDescribeCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	d, err := a.detail(id)
	if err != nil {
		return err
	}
	return printOne(a, c.Output, d, func() error { return a.describe(d) })
}

func (a *app) detail(id string) (runDetail, error) {
	got, err := query[struct {
		Run *struct {
			runDetail
			Bound []struct {
				Role     string    `json:"role"`
				DeviceID string    `json:"deviceId"`
				Device   *expected `json:"device"`
			} `json:"bound"`
		} `json:"run"`
	}](a, runDetailQuery, map[string]any{"id": id})
	if err != nil {
		return runDetail{}, err
	}
	if got.Run == nil {
		return runDetail{}, lab.Errorf(lab.NotFound, "There is no run %s. `lics run list` shows those there are.", id)
	}
	d := got.Run.runDetail
	d.Expected = []expected{}
	for _, b := range got.Run.Bound {
		if d.Status.Final() || b.Device == nil {
			continue
		}
		b.Device.Role, b.Device.DeviceID = b.Role, b.DeviceID
		d.Expected = append(d.Expected, *b.Device)
	}
	d.Trials, err = a.trials(id)
	return d, err
}

// trials counts a run's trials by outcome.
func (a *app) trials(id string) (trialCounts, error) {
	type trial struct{ Outcome string }
	all, err := pages(1_000_000, func(_ int, after *string) (connection[trial], error) {
		got, err := query[struct {
			Run struct {
				Trials connection[trial] `json:"trials"`
			} `json:"run"`
		}](a, trialsQuery, map[string]any{"id": id, "first": 1000, "after": after})
		return got.Run.Trials, err
	})
	counts := trialCounts{Count: len(all), Outcomes: map[string]int{}}
	for _, t := range all {
		if t.Outcome != "" {
			counts.Outcomes[t.Outcome]++
		}
	}
	return counts, err
}

func (a *app) describe(d runDetail) error {
	rows := [][]string{
		{"run", d.ID},
		{"status", string(d.Status) + because(d.runInfo)},
		{"protocol", fmt.Sprintf("%s@%d", d.ProtocolName, d.ProtocolVersion.Number)},
		{"hash", d.ProtocolVersion.Hash},
		{"subject", dash(nameOf(d.Subject))},
		{"experiment", dash(nameOf(d.Experiment))},
		{"devices", dash(devicesOf(d.Devices))},
		{"parameters", dash(strings.TrimSpace(string(d.Parameters)))},
		{"seed", strconv.FormatInt(d.Seed, 10)},
		{"started by", d.StartedBy},
		{"created", when(&d.CreatedAt)},
		{"started", when(d.StartedAt)},
		{"ended", when(d.EndedAt)},
		{"took", tookOf(d.runInfo)},
		{"trials", itoa(d.Trials.Count)},
	}
	for _, name := range slices.Sorted(maps.Keys(d.Trials.Outcomes)) {
		rows = append(rows, []string{"  " + name, itoa(d.Trials.Outcomes[name])})
	}
	if d.TemporalURL != nil {
		rows = append(rows, []string{"temporal", *d.TemporalURL})
	}
	for _, e := range d.Expected {
		rows = append(rows, []string{"expected", awaited(e)})
	}
	for _, q := range d.HumanSteps {
		if q.ClosedAt == nil {
			rows = append(rows, []string{"question", oneLine(q.Title) + choices(q.Choices) + ": lics run answer " + d.ID})
		}
	}
	for _, n := range d.Notes {
		rows = append(rows, []string{"note", n.At + " " + n.By + ": " + oneLine(n.Text)})
	}
	if err := a.table(rows, false); err != nil || len(d.Steps) == 0 {
		return err
	}
	fmt.Fprintln(a.stdout)
	steps := [][]string{{"STEP", "VISIT", "STATUS", "PORT", "STARTED", "ENDED", "ERROR"}}
	for _, s := range d.Steps {
		steps = append(steps, []string{
			s.Node, dash(s.Visit), s.Status, dash(s.Port), shortDay(&s.StartedAt), shortDay(s.EndedAt), oneLine(s.Error),
		})
	}
	return a.table(steps, true)
}

func choices(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " [" + strings.Join(names, " | ") + "]"
}

// awaited says what a run still expects of a device.
func awaited(e expected) string {
	link := "online"
	if !e.Online {
		link = "offline, last seen " + when(e.LastSeen)
	}
	return fmt.Sprintf("%s (%s): %s, %s to send", e.DeviceID, e.Role, link, plural(int(e.Outbox), "row"))
}

func shortDay(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.Local().Format("15:04:05")
}
