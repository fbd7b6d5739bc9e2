package workflows

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
)

// check asks a device whether it is there, and reads its inputs. Everything
// that is wrong is said at once.
func (r *run) check(ctx workflow.Context, f *flight, b lab.Binding) plan.Completion {
	c := f.Step.Check
	if c == nil {
		return failed("the step has nothing to check")
	}
	problems := []string{}
	if _, err := r.probe(ctx, f, wire.VerbPing, nil, 0); err != nil {
		if ctx.Err() != nil {
			return failed("cancelled")
		}
		problems = append(problems, reason(err)) // the inputs cannot be asked for either
	} else {
		for i, in := range c.Inputs {
			channel := in.Channel
			if mapped, ok := b.Channels[channel]; ok {
				channel = mapped
			}
			out, err := r.probe(ctx, f, wire.VerbRead, wire.ReadBody{Channel: channel}, i+1)
			if ctx.Err() != nil {
				return failed("cancelled")
			}
			var read wire.ReadResult
			switch {
			case err != nil:
				problems = append(problems, in.Channel+": "+reason(err))
			case out.Uncertain || decode(out.Result, &read) != nil:
				problems = append(problems, in.Channel+" cannot be read")
			default:
				if p := in.Problem(read.Value); p != "" {
					problems = append(problems, p)
				}
			}
		}
	}
	text, port := strings.Join(problems, "; "), plan.PortOK
	if len(problems) > 0 {
		port = plan.PortProblem
	}
	r.record("check", f.Step.Node, port, words(map[string]any{"visit": f.Step.Visit, "device": f.device, "problems": problems}))
	return plan.Completion{Port: port, Values: map[string]expr.Value{plan.ValueRead: expr.StringValue(limit(text, 2000))}}
}

// probe gives one command of a check, for a time.
func (r *run) probe(ctx workflow.Context, f *flight, verb wire.Verb, body any, n int) (out activities.CommandResult, err error) {
	var raw json.RawMessage
	if body != nil {
		if raw, err = encode(body); err != nil {
			return out, err
		}
	}
	visit := f.visit() + "~c" + strconv.Itoa(n)
	in := activities.CommandInput{Device: f.device, Command: wire.Command{
		ID: wire.CommandID(r.in.Run, f.Step.Node, visit), Run: r.in.Run, Node: f.Step.Node, Visit: visit, Verb: verb, Body: raw, Epoch: r.epoch,
	}}
	what := fmt.Sprintf("check %s", f.device)
	end := workflow.Now(ctx).Add(f.Step.Check.Within)
	switch {
	case n+1 > f.Probe:
		f.Probe, f.Until = n+1, end
	case n+1 == f.Probe: // was asked in an earlier history
		end = f.Until
	}
	err = workflow.ExecuteLocalActivity(quickCommand(ctx, what), act.Command, in).Get(ctx, &out)
	if err == nil || never(err) || ctx.Err() != nil || f.Step.Check.Within <= quickFor {
		return out, err
	}
	err = workflow.ExecuteActivity(bounded(ctx, what, max(end.Sub(workflow.Now(ctx)), time.Second)), act.Command, in).Get(ctx, &out)
	return out, err
}
