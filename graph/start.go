package graph

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/store"
)

// maxSeed is the largest integer that JavaScript keeps exactly.
const maxSeed = 1<<53 - 1

// startRun checks everything that can be checked before an animal is in the
// box, writes the run down, and hands it to the workflow. Whatever fails on
// the way, to ask again with the same key is safe: the run is made once, and
// its workflow has the run's id.
func (r *Resolver) startRun(ctx context.Context, u lab.User, in gen.StartRunInput) (gen.StartRunPayload, error) {
	var none gen.StartRunPayload
	if run, known, err := r.started(ctx, u, value(in.Key)); known || err != nil {
		if err != nil {
			return none, err
		}
		return r.begin(ctx, u, run, plan.Plan{})
	}
	document, version, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return none, err
	}
	p, err := r.compiled(ctx, u, document)
	if err != nil {
		return none, err
	}
	given, err := object(in.Parameters, "parameters")
	if err != nil {
		return none, err
	}
	if err := parametersOf(p, given); err != nil {
		return none, err
	}
	boxes, err := r.boxes(ctx, u, in)
	if err != nil {
		return none, err
	}
	bindings, err := r.bind(p, in.Devices, boxes)
	if err != nil {
		return none, err
	}
	if err := validSeed(in.Seed); err != nil {
		return none, err
	}
	if err := overridable(in.Overrides); err != nil {
		return none, err
	}
	if err := r.mayTake(ctx, u, in); err != nil {
		return none, err
	}
	if version == nil {
		saved, err := r.save(ctx, u, gen.SaveProtocolInput{Document: document})
		if err != nil {
			return none, err
		}
		version = &saved.Version
	}
	run, err := newRun(u, in, *version, given, bindings)
	if err != nil {
		return none, err
	}
	return r.begin(ctx, u, run, *p, in.Overrides...)
}

// overridable refuses to override what no person can know better.
func overridable(codes []gen.StartCheckCode) error {
	for _, c := range codes {
		if c != gen.StartCheckCodeSubjectFree {
			return lab.FieldErrorf("overrides", "The check %s cannot be overridden; %s can.", c, gen.StartCheckCodeSubjectFree)
		}
	}
	return nil
}

// validSeed refuses a seed that some program would round.
func validSeed(seed *int64) error {
	if seed != nil && (*seed < 0 || *seed > maxSeed) {
		return lab.FieldErrorf("seed", "A seed is a whole number from 0 to %d.", int64(maxSeed))
	}
	return nil
}

// started finds the run that an earlier try has written down. Whatever has
// become of its devices since, it is the answer.
func (r *Resolver) started(ctx context.Context, u lab.User, key string) (lab.Run, bool, error) {
	if key == "" {
		return lab.Run{}, false, nil
	}
	run, err := optional(r.Store.RunByKey(ctx, u.Organisation, key))
	if err != nil || run == nil {
		return lab.Run{}, false, err
	}
	return *run, true, nil
}

func newRun(u lab.User, in gen.StartRunInput, v lab.ProtocolVersion, parameters map[string]json.RawMessage, bindings []lab.Binding) (lab.Run, error) {
	run := lab.Run{
		Organisation: u.Organisation, Version: v.ID, Subject: in.Subject, Experiment: in.Experiment,
		Seed: rand.Int64N(maxSeed), //nolint:gosec // a seed is written beside the data, it is no secret
		Key:  in.Key, StartedBy: u.Name,
	}
	if in.Seed != nil {
		run.Seed = *in.Seed
	}
	if in.Key != nil && *in.Key == "" {
		run.Key = nil
	}
	var err error
	if run.Parameters, err = json.Marshal(parameters); err != nil {
		return run, err
	}
	run.Bindings, err = json.Marshal(bindings)
	return run, err
}

// begin writes the run down and starts its workflow. A run whose workflow
// cannot be started stays STARTING when it has a key, for the retry; without a
// key nobody could ever start it, and it is failed at once.
func (r *Resolver) begin(ctx context.Context, u lab.User, run lab.Run, p plan.Plan, overridden ...gen.StartCheckCode) (gen.StartRunPayload, error) {
	var none gen.StartRunPayload
	create := r.Store.CreateRunAlone
	if slices.Contains(overridden, gen.StartCheckCodeSubjectFree) {
		create = r.Store.CreateRun
	}
	run, created, err := create(ctx, run)
	if err != nil {
		return none, err
	}
	if created {
		detail := map[string]any{"version": run.Version, "bindings": run.Bindings}
		if len(overridden) > 0 {
			detail["overrides"] = overridden
		}
		r.audit(ctx, u, "start_run", run.ID, detail)
	}
	if run.Status == lab.RunStarting {
		if err := r.runPlan(ctx, u, run, p, created); err != nil {
			if run.Key == nil {
				_, failed := r.Store.FinishRun(context.WithoutCancel(ctx), run.ID, lab.RunFailed, "", "It could not be started. "+message(err))
				err = errors.Join(err, failed)
			}
			return none, err
		}
		r.Log.InfoContext(ctx, "run started", "run", run.ID, "protocol", run.ProtocolName, "by", u.Name)
	}
	return gen.StartRunPayload{Run: run, Created: created}, nil
}

// message is what an error says to people.
func message(err error) string {
	if e, ok := errors.AsType[*lab.Error](err); ok {
		return e.Message
	}
	return "The server's log tells more."
}

// runPlan starts the workflow. A retry may come with another document or other
// devices than the first try: what was written down is what runs.
func (r *Resolver) runPlan(ctx context.Context, u lab.User, run lab.Run, p plan.Plan, created bool) error {
	if r.Runner == nil {
		return lab.Errorf(lab.Unavailable, "This server cannot start runs: it has no connection to Temporal.")
	}
	if !created {
		v, err := r.Store.Version(ctx, u.Organisation, run.Version)
		if err != nil {
			return err
		}
		again, err := r.compiled(ctx, u, v.Document)
		if err != nil {
			return err
		}
		p = *again
	}
	var subject lab.Subject
	if run.Subject != nil {
		var err error
		if subject, err = r.Store.Subject(ctx, u.Organisation, *run.Subject); err != nil {
			return err
		}
	}
	return r.Runner.Start(ctx, run, subject.Name, p)
}

// boxes looks the bound devices up. Those that nobody knows are left out.
func (r *Resolver) boxes(ctx context.Context, u lab.User, in gen.StartRunInput) (map[string]box, error) {
	ids := []string{} // nil would be all
	for _, g := range in.Devices {
		ids = append(ids, g.Device)
	}
	return r.boxesOf(ctx, u, store.DeviceFilter{IDs: ids}, in.Key)
}

// boxesOf looks devices up with all that a role asks of them. key is that of
// the run that is asked for, which holds nothing against itself.
func (r *Resolver) boxesOf(ctx context.Context, u lab.User, f store.DeviceFilter, key *string) (map[string]box, error) {
	boxes := map[string]box{}
	open, err := r.claims(ctx, u, key)
	if err != nil {
		return nil, err
	}
	page := store.Page{First: store.MaxPage}
	for {
		devices, more, err := r.Store.Devices(ctx, u.Organisation, f, page)
		if err != nil {
			return nil, err
		}
		var ids []string
		for _, d := range devices {
			ids = append(ids, d.ID)
		}
		curves, err := r.Store.Calibrations(ctx, u.Organisation, ids...)
		if err != nil {
			return nil, err
		}
		for _, d := range devices {
			b := box{device: d, curves: map[string]lab.Calibration{}, claimed: open[d.ID]}
			if b.held, err = r.held(ctx, u, &d, key); err != nil {
				return nil, err
			}
			if b.rig, err = r.hardware(ctx, &d); err != nil {
				return nil, err
			}
			boxes[d.ID] = b
		}
		for _, c := range curves {
			boxes[c.Device].curves[c.Channel] = c
		}
		if !more {
			return boxes, nil
		}
		page.After = store.DeviceCursor(devices[len(devices)-1])
	}
}

// claims are the runs that are not over, by the devices that are bound to them.
func (r *Resolver) claims(ctx context.Context, u lab.User, key *string) (map[string]*lab.Run, error) {
	runs, _, err := r.Store.Runs(ctx, u.Organisation, store.RunFilter{Status: inTheBox}, store.Page{First: store.MaxPage})
	if err != nil {
		return nil, err
	}
	by := map[string]*lab.Run{}
	for i, run := range runs {
		if value(key) != "" && value(run.Key) == *key {
			continue
		}
		var bindings []lab.Binding
		if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
			return nil, err
		}
		for _, b := range bindings {
			by[b.Device] = &runs[i]
		}
	}
	return by, nil
}

// held is the run that a device says it belongs to. One that is over, or that
// nobody knows, holds it no more; neither does the one that is asked for again.
func (r *Resolver) held(ctx context.Context, u lab.User, d *lab.Device, key *string) (*lab.Run, error) {
	id := status(d).Run
	if id == "" {
		return nil, nil //nolint:nilnil // it is free
	}
	run, err := optional(r.Store.Run(ctx, u.Organisation, id))
	if err != nil || run == nil || run.Status.Final() || key != nil && run.Key != nil && *run.Key == *key {
		return nil, err
	}
	return run, nil
}

// parametersOf refuses values that the plan does not take.
func parametersOf(p *plan.Plan, given map[string]json.RawMessage) error {
	_, err := plan.DecodeParameters(p, given)
	if wrong, ok := errors.AsType[*plan.ParameterError](err); ok {
		return lab.FieldErrorf("parameters."+wrong.Name, "Parameter %s: %s.", wrong.Name, wrong.Message)
	}
	return err
}

// object reads a JSON object; nothing is an empty one.
func object(raw json.RawMessage, field string) (map[string]json.RawMessage, error) {
	m := map[string]json.RawMessage{}
	if len(raw) == 0 || string(raw) == "null" {
		return m, nil
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, lab.FieldErrorf(field, "Give an object: a value for each name.")
	}
	return m, nil
}

// controllable is a run that can still be told something, and who tells it.
func (r *Resolver) controllable(ctx context.Context, id string) (lab.User, lab.Run, error) {
	u, err := User(ctx)
	if err != nil {
		return u, lab.Run{}, err
	}
	run, err := r.Store.Run(ctx, u.Organisation, id)
	switch {
	case err != nil:
	case run.Status.Final():
		err = lab.Errorf(lab.State, "Run %s is over: it is %s.", run.ID, run.Status)
	case r.Runner == nil:
		err = lab.Errorf(lab.Unavailable, "This server cannot reach runs: it has no connection to Temporal.")
	}
	return u, run, err
}

// control passes a person's wish on to a run.
func (r *Resolver) control(ctx context.Context, id string, a Action, reason *string) (lab.Run, error) {
	u, run, err := r.controllable(ctx, id)
	if err != nil {
		return lab.Run{}, err
	}
	r.audit(ctx, u, string(a)+"_run", run.ID, map[string]string{"reason": value(reason)})
	if err := r.Runner.Control(ctx, run.ID, Control{Action: a, By: u.Name, Reason: value(reason)}); err != nil {
		return lab.Run{}, err
	}
	r.Log.InfoContext(ctx, "run control", "run", run.ID, "control", string(a), "by", u.Name)
	return r.Store.Run(ctx, u.Organisation, id)
}
