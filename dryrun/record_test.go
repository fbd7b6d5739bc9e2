package dryrun_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// recorder runs a plan as the system does, and records it: a runner in place of
// the workflow, and machines that are driven as an agent drives them, late and
// in bursts.
type recorder struct {
	t      *testing.T
	rng    *rand.Rand
	plan   *plan.Plan
	runner *plan.Runner
	now    time.Time
	rec    dryrun.Recording

	// What may happen.
	late, pauses, forced, kills bool
	stopAfter                   time.Duration // a person stops, or aborts, the task
	abort                       bool
	patience                    time.Duration // each task is stopped after it; 0 never
	// live are values that people give live parameters, one after the other:
	// while tasks go on, or, by the id of a node, just before its step is over.
	live   []map[string]json.RawMessage
	before map[string]map[string]json.RawMessage
	passed time.Duration
}

const runID = "0198f000-0000-7000-8000-000000000001"

func newRecorder(t *testing.T, p *plan.Plan, parameters string, seed int64) *recorder {
	t.Helper()
	curves := map[string]json.RawMessage{}
	for channel, c := range sim.DefaultCalibrations() {
		b, err := json.Marshal(c)
		require.NoError(t, err)
		curves[channel] = b
	}
	bindings, err := json.Marshal([]lab.Binding{{Role: "box", Device: "box-1", Calibrations: curves}})
	require.NoError(t, err)
	r := &recorder{t: t, plan: p, rng: rand.New(rand.NewPCG(uint64(seed), 1)), now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	began := r.now
	r.rec = dryrun.Recording{Plan: p, Run: lab.Run{
		ID: runID, Seed: seed, Parameters: json.RawMessage(parameters), Bindings: bindings, StartedAt: &began, Status: lab.RunCompleted,
	}}
	return r
}

func (r *recorder) event(kind, node, name string, body json.RawMessage) {
	n := int64(len(r.rec.Events) + 1)
	r.rec.Events = append(r.rec.Events, lab.RunEvent{Run: runID, Seq: n, At: r.now.Add(r.passed), Kind: kind, Node: node, Name: name, Body: body})
}

func (r *recorder) record() dryrun.Recording {
	r.t.Helper()
	var curves map[string]json.RawMessage
	var bindings []lab.Binding
	require.NoError(r.t, json.Unmarshal(r.rec.Run.Bindings, &bindings))
	curves = bindings[0].Calibrations
	bindings = nil
	for _, role := range r.plan.Roles {
		bindings = append(bindings, lab.Binding{Role: role.Name, Device: "box-1", Calibrations: curves})
	}
	var err error
	r.rec.Run.Bindings, err = json.Marshal(bindings)
	require.NoError(r.t, err)
	r.runner, err = plan.NewRunner(r.plan, parametersOf(r.t, r.rec.Run.Parameters), nil)
	require.NoError(r.t, err)
	r.runner.Seed(r.rec.Run.Seed)
	actions, err := r.runner.Start()
	require.NoError(r.t, err)
	for {
		for _, e := range r.runner.Events() {
			r.event(e.Kind, e.Node, e.Name, e.Body())
		}
		outcome, failed, over := r.runner.Over()
		if over {
			r.rec.Run.Outcome, r.rec.Run.Error = outcome, failed
			return r.rec
		}
		_ = actions
		s := r.runner.InFlight()[0]
		c := r.step(s)
		if values := r.before[s.Node]; values != nil {
			r.change(values)
			delete(r.before, s.Node)
		}
		actions, err = r.runner.Complete(s.ID, c)
		require.NoError(r.t, err)
	}
}

// change gives live parameters other values, as the workflow does.
func (r *recorder) change(values map[string]json.RawMessage) {
	changes, err := r.runner.SetParameters(values)
	require.NoError(r.t, err)
	for _, c := range changes {
		if !c.Same() {
			body, err := json.Marshal(map[string]any{"old": c.Old, "new": c.New, "by": "alice"})
			require.NoError(r.t, err)
			r.event("set_parameter", "", c.Name, body)
		}
	}
}

func parametersOf(t *testing.T, raw json.RawMessage) map[string]json.RawMessage {
	t.Helper()
	var out map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(raw, &out))
	return out
}

func (r *recorder) step(s plan.Step) plan.Completion {
	switch s.Kind {
	case plan.KindTask:
		return r.task(s)
	case plan.KindRead:
		return plan.Completion{Values: map[string]expr.Value{plan.ValueRead: expr.FloatValue(float64(r.rng.IntN(100)))}}
	case plan.KindHuman:
		r.event("human", s.Node, "asked", json.RawMessage(`{"step":"x"}`))
		c := plan.Completion{Values: map[string]expr.Value{plan.ValueRead: expr.StringValue("well")}}
		if len(s.Choices) > 0 {
			c.Port = s.Choices[r.rng.IntN(len(s.Choices))]
		}
		for _, f := range s.Form {
			if typ, err := expr.ParseType(f.Type); err == nil {
				c.Values[f.Name] = expr.Zero(typ)
			}
		}
		return c
	}
	r.now = r.now.Add(max(s.Duration, time.Second))
	return plan.Completion{}
}

// box is a device that runs a machine.
type box struct {
	*recorder
	command, node string
	machine       *task.Machine
	animal        *sim.Animal
	program       *task.Program
	begun         time.Time
	at            time.Duration // the machine's
	kept          task.Checkpoint
	keptRows      int
	rows          int // of this command
}

func (b *box) Output(at time.Duration, channel int, level float64) {
	b.animal.Output(at, b.program.Channels[channel].Name, level)
}

func (b *box) Record(r task.Row) { b.row(r) }

func (b *box) row(r task.Row) {
	b.rows++
	var value json.RawMessage
	if !r.Value.IsZero() {
		var err error
		value, err = json.Marshal(r.Value)
		if r.Old != nil {
			value, err = json.Marshal(map[string]expr.Value{"old": *r.Old, "new": r.Value})
		}
		require.NoError(b.t, err)
	}
	b.rec.Rows = append(b.rec.Rows, lab.DeviceRow{
		Device: "box-1", Boot: "boot", Seq: int64(len(b.rec.Rows) + 1), Run: runID, Command: b.command, Node: b.node,
		At: b.begun.Add(r.At), T: r.At, Kind: string(r.Kind), Name: r.Name, Value: value, Trial: int(r.Trial),
		Ramp: r.Ramp, Frequency: r.Frequency,
	})
}

func (b *box) Checkpoint(c task.Checkpoint) { b.kept, b.keptRows = c, b.rows }

func (r *recorder) task(s plan.Step) plan.Completion {
	outcomes := map[string]int{}
	start := task.Start{Parameters: s.Parameters, Calibrations: sim.DefaultCalibrations()}
	microlitres := 0.0
	for again := 0; ; again++ {
		visit := s.Visit
		if again > 0 {
			visit = fmt.Sprintf("%s~r%d", s.Visit, again)
		}
		start.Seed = plan.TaskSeed(r.rec.Run.Seed, s.Node, visit)
		b := &box{
			recorder: r, command: wire.CommandID(runID, s.Node, visit), node: s.Node, program: &r.plan.Node(s.Node).Task.Program, begun: r.now,
		}
		var in, out []string
		for _, c := range b.program.Channels {
			if c.Direction == task.In {
				in = append(in, c.Name)
			} else {
				out = append(out, c.Name)
			}
		}
		b.animal = sim.NewAnimal(sim.AnimalConfig{}, r.rng.Uint64(), in, out)
		var err error
		b.machine, err = task.New(b.program, start, b)
		require.NoError(r.t, err)
		killed := b.live()
		r.now = r.now.Add(b.at)
		if !killed {
			res := b.machine.Result()
			for name, n := range outcomes {
				res.Outcomes[name] += n
			}
			res.Microlitres += microlitres
			c := plan.TaskCompletion(res)
			if r.patience > 0 && res.Exit == "" {
				c.Err = "the task was ended on the device"
			}
			return c
		}
		// What is not on the disk is lost, and the checkpoint with it.
		lost := 0
		if again == 0 && r.rng.IntN(2) == 0 {
			lost = r.rng.IntN(b.rows - b.keptRows + 1)
		}
		r.rec.Rows = r.rec.Rows[:len(r.rec.Rows)-lost]
		b.rows -= lost
		for _, row := range r.rec.Rows[len(r.rec.Rows)-b.rows:] {
			if row.Kind == string(task.KindOutcome) {
				outcomes[row.Name]++
				start.Trial++
			}
		}
		start.Variables, start.Elapsed = b.kept.Variables, start.Elapsed+b.kept.Elapsed
		start.Microlitres += b.kept.Microlitres
		microlitres = start.Microlitres
		b.row(task.Row{At: b.at, Kind: task.KindWarning, Name: "interrupted", Value: expr.StringValue("restarted")})
		r.event("interrupted", s.Node, "box-1", json.RawMessage(`{}`))
		r.now = r.now.Add(5 * time.Second)
	}
}

type pending struct {
	at      time.Duration
	channel int
	high    bool
}

// live drives the machine as an agent does; true when the agent was killed.
func (b *box) live() bool {
	channel := map[string]int{}
	for i, c := range b.program.Channels {
		channel[c.Name] = i
	}
	b.machine.Begin()
	var edges []pending
	resume, kill := time.Duration(-1), time.Duration(-1)
	if b.kills {
		kill = time.Duration(b.rng.Int64N(int64(4 * time.Minute)))
	}
	for !b.machine.Done() {
		wake, ok := b.machine.Next()
		next, _, _, alive := b.animal.Next()
		if !ok || alive && next < wake {
			wake = next
		}
		if b.patience > 0 { // also when nothing ever happens
			wake = min(wake, b.patience+time.Second)
			if !ok && !alive {
				wake = b.patience + time.Second
			}
		}
		if resume >= 0 {
			wake = min(wake, resume)
		}
		wake = max(wake, b.at)
		if b.late && b.rng.IntN(3) == 0 { // the scheduler had something else to do
			wake += time.Duration(b.rng.IntN(3_000_000))
		}
		for {
			at, name, high, ok := b.animal.Next()
			if !ok || at > wake {
				break
			}
			b.animal.Pop()
			edges = append(edges, pending{at, channel[name], high})
		}
		if !b.late || len(edges) > 3 || b.rng.IntN(10) > 0 { // else they come late
			for _, e := range edges {
				b.at = max(b.at, e.at)
				b.machine.Input(b.at, e.channel, e.high)
			}
			edges = nil
		}
		b.at = max(b.at, wake)
		if kill >= 0 && b.at > kill {
			return true
		}
		resume = b.controls(resume)
		b.machine.Advance(b.at)
		b.device()
	}
	return false
}

// controls are what people do.
func (b *box) controls(resume time.Duration) time.Duration {
	if b.stopAfter > 0 && b.at > b.stopAfter {
		b.stopAfter = 0
		if b.abort {
			b.row(task.Row{At: b.at, Kind: task.KindWarning, Name: "device", Value: expr.StringValue("the driver failed")})
			b.machine.Abort(b.at)
		} else {
			b.machine.Stop(b.at)
		}
	}
	if b.patience > 0 && b.at > b.patience {
		b.machine.Stop(b.at)
		return -1
	}
	if resume >= 0 && b.at >= resume {
		b.machine.Resume(b.at)
		return -1
	}
	if resume < 0 && b.pauses && b.rng.IntN(60) == 0 {
		b.machine.Pause()
		return b.at + time.Duration(b.rng.Int64N(int64(40*time.Second)))
	}
	if len(b.recorder.live) > 0 && b.rng.IntN(30) == 0 {
		b.passed = b.at
		b.change(b.recorder.live[0])
		b.passed = 0
		b.recorder.live = b.recorder.live[1:]
		require.NoError(b.t, b.machine.SetParameters(b.runner.Live(b.node)))
	}
	return resume
}

// device is what the agent writes between the machine's rows.
func (b *box) device() {
	if !b.forced {
		return
	}
	switch b.rng.IntN(150) {
	case 0:
		b.row(task.Row{At: b.at + 7, Kind: task.KindWarning, Name: "clock_step", Value: expr.StringValue("the clock was set")})
	case 1:
		b.row(task.Row{At: b.at + 7, Kind: task.KindWarning, Name: "max_on", Value: expr.StringValue("pump was on for 1s, the rig's limit; forced to 0")})
		b.row(task.Row{At: b.at + 9, Kind: task.KindOutput, Name: "pump", Value: expr.IntValue(0)})
	case 2:
		b.row(task.Row{At: b.at + 9, Kind: task.KindOutput, Name: "made_safe", Value: expr.IntValue(0)})
	}
}
