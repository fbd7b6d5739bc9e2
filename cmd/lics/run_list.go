package main

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

type runListCmd struct {
	Status     []string `placeholder:"STATUS" help:"Only these: starting, running, paused, sealing, completed, stopped, failed, aborted, halted."`
	Active     bool     `help:"Only those that are not over."`
	Protocol   string   `placeholder:"NAME" help:"Only of this protocol."`
	Subject    string   `placeholder:"NAME" help:"Only with this subject."`
	Experiment string   `placeholder:"NAME" help:"Only of this experiment."`
	Device     string   `placeholder:"ID" help:"Only on this device."`
	Since      string   `placeholder:"TIME" help:"Only those asked for since: 2026-03-01, 2026-03-01T09:30:00Z, or 2h ago."`
	Until      string   `placeholder:"TIME" help:"Only those asked for before."`
	Limit      int      `short:"n" default:"50" help:"How many at most."`
	outputFlag
}

func (c *runListCmd) Run(a *app) error {
	filter, err := c.filter(a)
	if err != nil {
		return err
	}
	runs, err := pages(max(1, c.Limit), func(first int, after *string) (connection[runInfo], error) {
		got, err := query[struct {
			Runs connection[runInfo] `json:"runs"`
		}](a, runsQuery, map[string]any{"filter": filter, "first": first, "after": after})
		return got.Runs, err
	})
	if err != nil {
		return err
	}
	return printList(a, c.Output, runs, []column[runInfo]{
		{"RUN", func(r runInfo) string { return r.ID }},
		{"STATUS", func(r runInfo) string { return string(r.Status) }},
		{"PROTOCOL", func(r runInfo) string { return r.ProtocolName + "@" + itoa(r.ProtocolVersion.Number) }},
		{"SUBJECT", func(r runInfo) string { return dash(nameOf(r.Subject)) }},
		{"DEVICES", func(r runInfo) string { return dash(devicesOf(r.Devices)) }},
		{"OUTCOME", func(r runInfo) string { return dash(r.Outcome) }},
		{"CREATED", func(r runInfo) string { return when(&r.CreatedAt) }},
		{"TOOK", tookOf},
	})
}

func nameOf(n *named) string {
	if n == nil {
		return ""
	}
	return n.Name
}

func devicesOf(ds []runDevice) string {
	var parts []string
	for _, d := range ds {
		parts = append(parts, d.Role+"="+d.DeviceID)
	}
	return strings.Join(parts, ",")
}

func tookOf(r runInfo) string {
	switch {
	case r.StartedAt == nil:
		return "-"
	case r.EndedAt == nil:
		return lasted(time.Since(*r.StartedAt))
	}
	return lasted(r.EndedAt.Sub(*r.StartedAt))
}

var (
	activeStatuses = []lab.RunStatus{lab.RunStarting, lab.RunRunning, lab.RunPaused, lab.RunSealing}
	allStatuses    = append(slices.Clip(activeStatuses),
		lab.RunCompleted, lab.RunStopped, lab.RunFailed, lab.RunAborted, lab.RunHalted)
)

func (c *runListCmd) filter(a *app) (map[string]any, error) {
	filter := map[string]any{}
	var statuses []lab.RunStatus
	if c.Active {
		statuses = append(statuses, activeStatuses...)
	}
	for _, s := range c.Status {
		known, err := status(s)
		if err != nil {
			return nil, err
		}
		statuses = append(statuses, known)
	}
	if len(statuses) > 0 {
		filter["status"] = statuses
	}
	if c.Device != "" {
		filter["device"] = c.Device
	}
	for key, of := range map[string]struct {
		name string
		id   func(string) (string, error)
	}{
		"protocol": {c.Protocol, a.protocolID}, "subject": {c.Subject, a.subjectID}, "experiment": {c.Experiment, a.experimentID},
	} {
		if of.name == "" {
			continue
		}
		id, err := of.id(of.name)
		if err != nil {
			return nil, err
		}
		filter[key] = id
	}
	for key, text := range map[string]string{"since": c.Since, "until": c.Until} {
		if text == "" {
			continue
		}
		at, err := moment(text, time.Now())
		if err != nil {
			return nil, usagef("--%s %s: %v", key, text, err)
		}
		filter[key] = at
	}
	return filter, nil
}

func status(s string) (lab.RunStatus, error) {
	var names []string
	for _, known := range allStatuses {
		if strings.EqualFold(string(known), s) {
			return known, nil
		}
		names = append(names, strings.ToLower(string(known)))
	}
	return "", usagef("--status %s: there is %s", s, strings.Join(names, ", "))
}

// moment reads a time as people write it: a day or a time of their own zone, an
// RFC 3339 time, or how long ago.
func moment(s string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, s, time.Local); err == nil {
			return t, nil
		}
	}
	var ago span
	if err := ago.UnmarshalText([]byte(strings.TrimSpace(strings.TrimSuffix(s, "ago")))); err == nil {
		return now.Add(-time.Duration(ago)), nil
	}
	return time.Time{}, usagef("write 2026-03-01, 2026-03-01T09:30, or how long ago, such as 2h")
}

const experimentsQuery = `query Experiments($first: Int!, $after: Cursor) {
  experiments(first: $first, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } }
}`

// experimentID finds an experiment by its name.
func (a *app) experimentID(name string) (string, error) {
	if uuid.Validate(name) == nil {
		return name, nil
	}
	all, err := pages(searched, func(first int, after *string) (connection[named], error) {
		got, err := query[struct {
			Experiments connection[named] `json:"experiments"`
		}](a, experimentsQuery, map[string]any{"first": first, "after": after})
		return got.Experiments, err
	})
	if err != nil {
		return "", err
	}
	for _, e := range all {
		if e.Name == name {
			return e.ID, nil
		}
	}
	return "", lab.Errorf(lab.NotFound, "There is no experiment %q.", name)
}
