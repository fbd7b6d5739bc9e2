package workflows_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

// waiting is a kind of node whose step takes its time. In each protocol the
// step "after" follows: an output is set.
type waiting struct {
	// nodes are "kind {data}" by id, besides start, after and end.
	nodes map[string]string
	wires string // as plantest draws them
	// hold lets the step wait, in each history. What it waits for comes when comes
	// is called in the last one; or by itself.
	hold func(b *bench, history int) (comes func())
	// asks says that a person is asked.
	asks bool
	// unit is a second of the test; real milliseconds where a real activity
	// looks at the clock.
	unit time.Duration
	// tries says that the step is tried again and again until it can be done.
	tries bool
	// back says that what is held has to come for the run to end.
	back bool
}

func (w waiting) seconds(n int) time.Duration {
	if w.unit == 0 {
		return time.Duration(n) * time.Second
	}
	return time.Duration(n) * w.unit
}

// kindsThatWait are those of the session level, in real protocols.
func kindsThatWait() map[string]waiting {
	filled := func(node, values string) func(*bench, int) func() {
		return func(b *bench, _ int) func() {
			return func() {
				var v map[string]json.RawMessage
				require.NoError(b.t, json.Unmarshal([]byte(values), &v))
				b.update(0, workflows.UpdateAnswer, workflows.Answer{Step: wire.CommandID(runID, node, "1"), Values: v, By: "alice"})
			}
		}
	}
	outside := func(b *bench, _ int) func() {
		away := true
		b.acts.Outside = &activitiestest.Outside{Body: `{"n": 7}`, Refuse: func() error {
			if away {
				return errors.New("no route to host")
			}
			return nil
		}}
		return func() { away = false }
	}
	database := func(b *bench, _ int) func() {
		away := true
		b.store.Refuse = func() error {
			if away {
				return activitiestest.ErrDown
			}
			return nil
		}
		return func() { away = false }
	}
	onDevice := func(takes time.Duration) func(*bench, int) func() {
		return func(b *bench, _ int) func() {
			b.devices.Play = func(string, wire.Command) activitiestest.Script {
				return activitiestest.Script{Takes: takes, Silent: true, Exit: "out"}
			}
			return func() {}
		}
	}
	calibration := map[string]string{"cal": `calibrate {"role": "box", "channel": "pump", "open": ["20ms", "50ms"], "pulses": 100}`}
	weighs := func(b *bench, after time.Duration) {
		b.update(after, workflows.UpdateAnswer, weighed("cal>weigh_1", "p1__grams_1", "0.21"))
		b.update(after+time.Second, workflows.UpdateAnswer, weighed("cal>weigh_2", "p1__grams_2", "0.63"))
	}
	itself := func(*bench, int) func() { return func() {} }
	return map[string]waiting{
		"human with a form": {
			nodes: map[string]string{"ask": `human {"title": "Look", "form": [{"variable": "n", "required": true}], "timeout": "3h", "remind": "30min"}`},
			wires: "start -> ask\nask -> after\nask -timeout> after", hold: filled("ask", `{"n": 3}`), asks: true,
		},
		"weigh": {
			nodes: map[string]string{"scale": `weigh {"title": "Weigh", "variable": "grams", "weight": true, "timeout": "3h"}`},
			wires: "start -> scale\nscale -> after\nscale -timeout> after", hold: filled("scale", `{"grams": 21.5}`), asks: true,
		},
		"notify": {
			nodes: map[string]string{"tell": `notify {"title": "Look", "text": "now", "webhook": "chat"}`},
			wires: "start -> tell\ntell -> after", hold: outside, tries: true,
		},
		"call_service": {
			nodes: map[string]string{"call": `call_service {"url": "https://ledger.example.org/{n}", "timeout": "10min", "variable": "n", "field": "n"}`},
			wires: "start -> call\ncall -> after", hold: outside, tries: true,
		},
		"stage_gate": {
			nodes: map[string]string{"gate": `stage_gate {"gate": "training", "stage": "1", "value": "0.9", "threshold": "0.8"}`},
			wires: "start -> gate\ngate -advance> after\ngate -stay> after", hold: database, tries: true,
		},
		"calibrate, at the scale": {
			nodes: calibration, wires: "start -> cal\ncal -done> after", asks: true,
			hold: func(b *bench, _ int) func() { return func() { weighs(b, 0) } },
		},
		"calibrate, while the curve is kept": {
			nodes: calibration, wires: "start -> cal\ncal -done> after", asks: true, tries: true,
			hold: func(b *bench, history int) func() {
				if history == 0 {
					weighs(b, time.Second)
				}
				return database(b, history)
			},
		},
		"check_hardware": {
			nodes: map[string]string{"check": `check_hardware {"role": "box", "within": "10min"}`},
			wires: "start -> check\ncheck -ok> after\ncheck -problem> after", unit: time.Millisecond, back: true,
			hold: func(b *bench, _ int) func() {
				b.devices.Take("box-1", true)
				return func() { b.devices.Take("box-1", false) }
			},
		},
		"watch": {
			nodes: map[string]string{
				"fork": `parallel {"branches": ["animal", "idle"]}`, "either": "race {}", "enter": `wait_for_event {"events": ["lever_1_in"]}`,
				"guard": `watch {"what": "no_event", "event": "lever_1_in", "for": "5min", "role": "box"}`,
			},
			wires: "start -> fork\nfork -animal> enter\nfork -idle> guard\nenter -> either\nguard -alarm> either\neither -> after", unit: time.Millisecond,
			hold: func(b *bench, history int) func() {
				b.store.Heard = func(string, string) (time.Time, bool) { return time.Now(), true }
				return onDevice(1500*time.Millisecond)(b, history)
			},
		},
		"wait_until": {
			nodes: map[string]string{"clock": `wait_until {"at": "07:00", "zone": "UTC"}`},
			wires: "start -> clock\nclock -> after", hold: itself,
		},
		"wait_for_event": {
			nodes: map[string]string{"enter": `wait_for_event {"events": ["lever_1_in"]}`},
			wires: "start -> enter\nenter -> after", hold: onDevice(20 * time.Second),
		},
		"staircase": {
			nodes: map[string]string{
				"stairs":      `staircase {"method": "up_down", "level": "level", "correct": "n > 0", "start": "8", "steps": "[2, 1]", "trials": "2"}`,
				"stairs:rest": `wait {"duration": "20s"}`,
			},
			wires: "start -> stairs\nstairs -body> rest\nstairs -done> after", hold: itself,
		},
		"trials": {
			nodes: map[string]string{
				"table":      `trials {"table": "n\n1\n2\n", "order": "sequential"}`,
				"table:rest": `wait {"duration": "20s"}`,
			},
			wires: "start -> table\ntable -body> rest\ntable -done> after", hold: itself,
		},
		"switch": {
			nodes: map[string]string{"which": `switch {"on": "n", "cases": [{"port": "zero", "is": "0"}]}`, "rest": `wait {"duration": "20s"}`},
			wires: "start -> which\nwhich -zero> rest\nwhich -else> after\nrest -> after", hold: itself,
		},
		"sub_protocol": {
			nodes: map[string]string{"warm": `sub_protocol {"version": "asking"}`},
			wires: "start -> warm\nwarm -done> after", hold: filled("warm>ask", "null"), asks: true,
		},
	}
}

const asking = `{"kind": "lics.protocol", "format": 1, "name": "Asking", "nodes": [
	{"id": "start", "type": "start", "position": {"x": 0, "y": 0}}, {"id": "end", "type": "end", "position": {"x": 0, "y": 0}},
	{"id": "ask", "type": "human", "position": {"x": 0, "y": 0}, "data": {"title": "Ready?"}}],
	"edges": [{"id": "a", "source": "start", "target": "ask"}, {"id": "b", "source": "ask", "target": "end"}]}`

// draw makes the plan of a protocol with the node.
func (w waiting) draw(t *testing.T) *plan.Plan {
	t.Helper()
	nodes := []string{
		`{"id": "start", "type": "start", "position": {"x": 0, "y": 0}}`, `{"id": "end", "type": "end", "position": {"x": 0, "y": 0}}`,
		`{"id": "after", "type": "set", "position": {"x": 0, "y": 0}, "data": {"role": "box", "channel": "house_light", "level": "true", "max_on": "1min"}}`,
	}
	for id, is := range w.nodes {
		parent, name, ok := strings.Cut(id, ":")
		inside := `"parent": "` + parent + `", `
		if !ok {
			inside, name = "", id
		}
		kind, data, _ := strings.Cut(is, " ")
		nodes = append(nodes, fmt.Sprintf(`{"id": %q, "type": %q, %s"position": {"x": 0, "y": 0}, "data": %s}`, name, kind, inside, data))
	}
	var edges []string
	for line := range strings.Lines(w.wires + "\nafter -> end") {
		from, rest, _ := strings.Cut(strings.TrimSpace(line), " -")
		port, to, _ := strings.Cut(rest, "> ")
		if port != "" {
			port = fmt.Sprintf(`"sourceHandle": %q, `, port)
		}
		edges = append(edges, fmt.Sprintf(`{"id": "e%d", "source": %q, %s"target": %q}`, len(edges), from, port, to))
	}
	g, err := protocol.Parse(fmt.Appendf(nil, `{"kind": "lics.protocol", "format": 1, "name": "test",
		"roles": [{"name": "box", "channels": [{"name": "house_light", "direction": "out"}, {"name": "lever_1", "direction": "in"}, {"name": "pump", "direction": "out"}]}],
		"variables": [{"name": "n", "type": "int"}, {"name": "grams", "type": "float"}, {"name": "level", "type": "float"}],
		"nodes": [%s], "edges": [%s]}`, strings.Join(nodes, ","), strings.Join(edges, ",")))
	require.NoError(t, err)
	p, ds := protocol.CompileWith(g, func(string) ([]byte, error) { return []byte(asking), nil })
	require.NotNil(t, p, "%v", ds)
	return p
}

// once requires that no command was begun twice, that every question is closed,
// and that the devices were told to go safe.
func (b *bench) once() {
	b.t.Helper()
	seen := map[string]bool{}
	for _, id := range b.devices.Started() {
		require.False(b.t, seen[id], "%s was begun twice", id)
		seen[id] = true
	}
	for id := range b.store.Asked() {
		require.Contains(b.t, b.store.Closed(), id, "an open question")
	}
	require.Subset(b.t, b.devices.Did(), []string{"safe safe/end.box-1", "safe safe/end.box-2"})
	require.True(b.t, finalOf(b.store))
	told := map[string]bool{}
	for _, e := range b.store.Events() {
		if e.Kind == plan.EventStarted {
			key := e.Node + string(e.Body)
			require.False(b.t, told[key], "%s was started twice", key)
			told[key] = true
		}
	}
}

func TestAStepThatWaitsIsStoppedAbortedAndHalted(t *testing.T) {
	t.Parallel()
	for name, w := range kindsThatWait() {
		for control, want := range map[string]lab.RunStatus{
			workflows.UpdateStop: lab.RunStopped, workflows.UpdateAbort: lab.RunAborted, workflows.UpdateHalt: lab.RunHalted,
		} {
			for _, paused := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s %s, paused before: %t", name, control, paused), func(t *testing.T) {
					t.Parallel()
					b := newBench(t)
					comes := w.hold(b, 0)
					if paused {
						b.update(w.seconds(5), workflows.UpdatePause, alice)
					}
					b.update(w.seconds(10), control, alice)
					if w.back {
						b.env.RegisterDelayedCallback(comes, w.seconds(11))
					}
					begin := b.env.Now()
					require.Equal(t, want, b.run(input(w.draw(t))).Status)
					require.Less(t, b.env.Now().Sub(begin), time.Minute, "nothing is waited for any more")
					b.once()
					require.NotContains(t, b.devices.Did(), "set after/1")
					require.Contains(t, b.store.Told(), "control  "+control)
					require.Equal(t, w.asks, len(b.store.Asked()) > 0)
				})
			}
		}
	}
}

func TestAStepThatWaitsGoesOnAfterAPause(t *testing.T) {
	t.Parallel()
	for name, w := range kindsThatWait() {
		if name == "calibrate, at the scale" { // the second question comes only after the pause
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			comes := w.hold(b, 0)
			b.update(w.seconds(10), workflows.UpdatePause, alice)
			b.env.RegisterDelayedCallback(comes, w.seconds(15))
			paused := 24 * time.Hour // longer than anything waits
			var before []string
			b.env.RegisterDelayedCallback(func() { before = b.store.Told() }, paused)
			b.update(paused+time.Second, workflows.UpdateResume, alice)
			require.Equal(t, lab.RunCompleted, b.run(input(w.draw(t))).Status)
			b.once()
			require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunPaused, lab.RunRunning, lab.RunCompleted}, b.store.Statuses())
			at := 0
			for i, e := range before {
				if e == "control  pause" {
					at = i
				}
			}
			for _, e := range before[at:] {
				require.False(t, strings.HasPrefix(e, "step_started"), "%s while the run was paused", e)
			}
			require.Contains(t, b.devices.Did(), "set after/1")
		})
	}
}
