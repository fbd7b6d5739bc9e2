package workflows

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// abortWithin is how long a cancelled task is waited for. Afterwards the device
// is believed to be gone; its own lease turns its outputs off.
const abortWithin = 10 * time.Second

// task runs a program on a device, also through interruptions.
func (r *run) task(ctx workflow.Context, f *flight, b lab.Binding) plan.Completion {
	node := r.in.Plan.Node(f.Step.Node)
	if node == nil || node.Task == nil {
		return failed("the plan has no task %s", f.Step.Node)
	}
	for {
		if f.Asking {
			if c, ok := r.decide(ctx, f); !ok {
				return c
			}
		}
		body, err := r.taskBody(node.Task, f, b)
		if err != nil {
			return failed("%s", err)
		}
		if !f.resumed { // otherwise the device may have an older body
			f.Live, f.deaf = r.parameters.number, false
		}
		out, err := r.onDevice(ctx, f, body)
		if err != nil {
			return failed("%s", reason(err))
		}
		if out.Result != nil {
			r.expect(b.Device, out.Result.Boot, out.Result.LastSeq)
			return r.taken(f, *out.Result)
		}
		if out.Interrupted == nil {
			return failed("the device gave no result")
		}
		r.interrupted(f, *out.Interrupted)
		switch node.Task.OnInterrupt {
		case wire.InterruptFail:
			return failed("the device was restarted in the middle of the task")
		case wire.InterruptRestart:
			f.Carried = wire.TaskProgress{}
		case wire.InterruptAsk:
			f.Asking = true
		}
		// A paused run does not start a task again, and a stopped one never.
		if err := workflow.Await(ctx, func() bool { return !r.paused || r.ending != "" }); err != nil || r.ending != "" {
			return plan.TaskCompletion(task.Result{Trials: f.Carried.Trial, Outcomes: f.Carried.Outcomes, Microlitres: f.Carried.Microlitres})
		}
	}
}

// onDevice runs one visit of the task. When the step is cancelled the device is
// told, and heard: its next task would be refused otherwise.
func (r *run) onDevice(ctx workflow.Context, f *flight, body json.RawMessage) (out activities.RunTaskResult, err error) {
	f.command, f.between = wire.CommandID(r.in.Run, f.Step.Node, f.visit()), false
	in := activities.RunTaskInput{
		Device: f.device,
		Command: wire.Command{
			ID: f.command, Run: r.in.Run, Node: f.Step.Node, Visit: f.visit(),
			Verb: wire.VerbTask, Body: body, Epoch: r.epoch,
		},
		Seq: r.writer.seq + 1,
	}
	r.writer.seq += activities.TaskEvents
	mine := uncancelled(ctx)
	own, cancel := workflow.WithCancel(mine)
	defer cancel()
	future := workflow.ExecuteActivity(patient(own, r.what(f)), act.RunTask, in)
	r.await(mine, func() bool { return future.IsReady() || ctx.Err() != nil })
	if !future.IsReady() && r.ending != lab.RunHalted {
		r.settling = append(r.settling, f.device)
		if err := r.control(mine, f, wire.VerbAbort, abortWithin); err == nil {
			_, _ = workflow.AwaitWithTimeout(mine, abortWithin, future.IsReady)
		}
		i := slices.Index(r.settling, f.device)
		r.settling = slices.Delete(r.settling, i, i+1)
	}
	if !future.IsReady() {
		return out, ctx.Err()
	}
	err = future.Get(mine, &out)
	if out.Result != nil { // also of a cancelled task: its rows belong to the run
		r.expect(f.device, out.Result.Boot, out.Result.LastSeq)
	}
	return out, err
}

// interrupted adds up what was done until the device was restarted. A device
// counts trials from those it was told are done, and outcomes from none.
func (r *run) interrupted(f *flight, p wire.TaskProgress) {
	r.expect(f.device, p.Boot, p.LastSeq)
	f.Again++
	f.between, f.resumed = true, false
	c := &f.Carried
	if c.Outcomes == nil {
		c.Outcomes = map[string]int{}
	}
	ended := 0
	for _, name := range workflow.DeterministicKeys(p.Outcomes) {
		c.Outcomes[name] += p.Outcomes[name]
		ended += p.Outcomes[name]
	}
	if ended == 0 { // it was in a trial that does not count
		ended = max(0, p.Trial-1-c.Trial)
	}
	c.Trial += ended
	c.Microlitres += p.Microlitres
	c.Elapsed += p.Elapsed
	c.Variables = p.Variables
	r.record("interrupted", f.Step.Node, f.device, words(map[string]any{"visit": f.Step.Visit, "trials": c.Trial}))
}

// taken is what a finished task means to the plan.
func (r *run) taken(f *flight, res wire.TaskResult) plan.Completion {
	res.Microlitres += f.Carried.Microlitres
	if len(f.Carried.Outcomes) > 0 && res.Outcomes == nil {
		res.Outcomes = map[string]int{}
	}
	for _, name := range workflow.DeterministicKeys(f.Carried.Outcomes) {
		res.Outcomes[name] += f.Carried.Outcomes[name]
	}
	c := plan.TaskCompletion(res.Result)
	switch {
	case c.Err != "":
		c.Err = "the task failed: " + c.Err
	case res.Exit == "" && r.ending == "":
		c.Err = fmt.Sprintf("the task was ended on the device (%s)", res.Reason)
	}
	return c
}

// taskBody is the program with what this visit begins with.
func (r *run) taskBody(t *plan.Task, f *flight, b lab.Binding) (json.RawMessage, error) {
	start := task.Start{
		Seed:       plan.TaskSeed(r.in.Seed, f.Step.Node, f.visit()),
		Parameters: f.Step.Parameters,
		Trial:      f.Carried.Trial,
		Variables:  f.Carried.Variables, Microlitres: f.Carried.Microlitres, Elapsed: f.Carried.Elapsed,
	}
	if r.parameters.number > 0 {
		start.Parameters = overlaid(start.Parameters, r.runner.Live(f.Step.Node))
	}
	channels := map[string]string{}
	for _, c := range t.Program.Channels {
		if as, ok := b.Channels[c.Name]; ok && as != c.Name {
			channels[c.Name] = as
		}
		curve, ok, err := calibration(b, c.Name)
		if err != nil {
			return nil, err
		}
		if ok && start.Calibrations == nil {
			start.Calibrations = map[string]task.Calibration{}
		}
		if ok {
			start.Calibrations[c.Name] = curve
		}
	}
	return encode(wire.TaskBody{Program: t.Program, Start: start, Channels: channels})
}

// expect remembers rows that have to be stored before the run is complete.
func (r *run) expect(device, boot string, seq int64) {
	if boot == "" || seq == 0 {
		return
	}
	for i, e := range r.expected {
		if e.Device == device && e.Boot == boot {
			r.expected[i].Seq = max(e.Seq, seq)
			return
		}
	}
	r.expected = append(r.expected, activities.Expected{Device: device, Boot: boot, Seq: seq})
}
