package dryrun

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// tape is a Recording that can be looked things up in.
type tape struct {
	rec        Recording
	began      time.Time
	parameters map[string]json.RawMessage
	bindings   map[string]lab.Binding // by role
	events     []sessionEvent         // those that matter, in order
	takes      map[string]*take       // by command
}

// sessionEvent is an event of the run, decoded.
type sessionEvent struct {
	plan.Event
	at   time.Time
	body map[string]json.RawMessage
}

// take is what one command to run a task recorded.
type take struct {
	rows  []task.Row
	at    []time.Time
	ended bool
	extra int // rows that the device added after the end
}

// replayable are the kinds of events that the plan decides, or that come from
// people; the others tell of devices and statuses.
var replayable = map[string]bool{
	plan.EventStarted: true, plan.EventDone: true, plan.EventFailed: true, plan.EventCancelled: true,
	plan.EventBranch: true, plan.EventVariable: true, plan.EventIteration: true, plan.EventDraw: true,
	kindControl: true, kindHuman: true, kindSetParameter: true,
}

// Kinds of run events that the workflow writes by itself.
const (
	kindControl = "control"
	kindHuman   = "human"
	// kindSetParameter: a person changed the live parameter of that name.
	kindSetParameter = "set_parameter"
)

func index(rec Recording) (*tape, error) {
	t := &tape{rec: rec, bindings: map[string]lab.Binding{}, takes: map[string]*take{}}
	if err := json.Unmarshal(rec.Run.Parameters, &t.parameters); err != nil {
		return nil, cannot("its parameters cannot be read: %v", err)
	}
	var bindings []lab.Binding
	if err := json.Unmarshal(rec.Run.Bindings, &bindings); err != nil {
		return nil, cannot("its devices cannot be read: %v", err)
	}
	for _, b := range bindings {
		t.bindings[b.Role] = b
	}
	if err := t.indexEvents(); err != nil {
		return nil, err
	}
	return t, t.indexRows()
}

func (t *tape) indexEvents() error {
	events := slices.Clone(t.rec.Events)
	slices.SortStableFunc(events, func(a, b lab.RunEvent) int { return cmp.Compare(a.Seq, b.Seq) })
	if len(events) > 0 {
		t.began = events[0].At
	}
	if at := t.rec.Run.StartedAt; at != nil && at.Before(t.began) { // two clocks
		t.began = *at
	}
	for _, e := range events {
		if !replayable[e.Kind] {
			continue
		}
		s := sessionEvent{Event: plan.Event{Kind: e.Kind, Node: e.Node, Name: e.Name}, at: e.At}
		var body struct {
			Visit string     `json:"visit"`
			Value expr.Value `json:"value"`
			Index int        `json:"index"`
			Error string     `json:"error"`
		}
		if len(e.Body) > 0 {
			if err := json.Unmarshal(e.Body, &s.body); err != nil {
				return cannot("its event %d cannot be read: %v", e.Seq, err)
			}
			if e.Kind != kindControl && e.Kind != kindHuman && e.Kind != kindSetParameter {
				if err := json.Unmarshal(e.Body, &body); err != nil {
					return cannot("its event %d cannot be read: %v", e.Seq, err)
				}
			}
		}
		s.Visit, s.Value, s.Index, s.Error = body.Visit, body.Value, body.Index, body.Error
		t.events = append(t.events, s)
	}
	if len(t.events) == 0 {
		return cannot("nothing of it is recorded: it ended before its first step")
	}
	return nil
}

func (t *tape) indexRows() error {
	for i := range t.rec.Rows {
		r := &t.rec.Rows[i]
		if n := t.rec.Plan.Node(r.Node); n == nil || n.Task == nil {
			continue // of a command that is no task
		}
		k := t.takes[r.Command]
		if k == nil {
			k = &take{}
			t.takes[r.Command] = k
		}
		if k.ended {
			k.extra++ // what was still on
			continue
		}
		row := task.Row{At: r.T, Kind: task.Kind(r.Kind), Name: r.Name, Ramp: r.Ramp, Frequency: r.Frequency, Trial: int32(r.Trial)}
		if len(r.Value) > 0 {
			if err := read(&row, r.Value); err != nil {
				return cannot("row %d of boot %s of %s cannot be read: %v", r.Seq, r.Boot, r.Device, err)
			}
		}
		k.rows, k.at = append(k.rows, row), append(k.at, r.At)
		k.ended = row.Kind == task.KindEnd
	}
	for _, k := range t.takes {
		k.withoutDevice()
	}
	return nil
}

// read takes the value of a row as the store keeps it: that of a change has both.
func read(row *task.Row, raw json.RawMessage) error {
	if row.Kind != task.KindParameter {
		return json.Unmarshal(raw, &row.Value)
	}
	var change struct{ Old, New expr.Value }
	err := json.Unmarshal(raw, &change)
	row.Value, row.Old = change.New, &change.Old
	return err
}

// ofMachine are the warnings that the interpreter gives; all others are the
// device's.
var ofMachine = map[string]bool{"failed": true, "second_outcome": true, "limit": true}

// withoutDevice takes out what the device has written between the rows of the
// interpreter: its warnings, and the output that it forced off after one.
func (k *take) withoutDevice() {
	rows, at := k.rows[:0:0], k.at[:0:0]
	forced := ""
	for i, r := range k.rows {
		switch {
		case r.Kind == task.KindWarning && !ofMachine[r.Name]:
			if r.Name == "max_on" { // its text begins with the channel
				forced, _, _ = strings.Cut(r.Value.Str(), " ")
			}
			k.extra++
			continue
		case r.Kind == task.KindOutput && forced != "" && r.Name == forced:
			forced = ""
			k.extra++
			continue
		}
		rows, at = append(rows, r), append(at, k.at[i])
	}
	k.rows, k.at = rows, at
}

// take finds what a visit of a node recorded; nil when the device never had it.
func (t *tape) take(node, visit string) *take {
	return t.takes[wire.CommandID(t.rec.Run.ID, node, visit)]
}

// calibrations are those that the devices of a role were started with, by the
// names that the protocol uses.
func (t *tape) calibrations(role string, p *task.Program) (map[string]task.Calibration, error) {
	b := t.bindings[role]
	out := map[string]task.Calibration{}
	for _, c := range p.Channels {
		raw, ok := b.Calibrations[c.Name]
		if !ok {
			raw, ok = b.Calibrations[b.Channels[c.Name]]
		}
		if !ok {
			continue
		}
		var curve task.Calibration
		if err := json.Unmarshal(raw, &curve); err != nil {
			return nil, cannot("the calibration of %s cannot be read: %v", c.Name, err)
		}
		out[c.Name] = curve
	}
	return out, nil
}
