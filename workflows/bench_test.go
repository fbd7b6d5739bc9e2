package workflows_test

import (
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

const runID = "01935b1e-0000-7000-8000-000000000001"

// bench is a workflow on virtual time, with the real activities, a store in
// memory and devices that keep a journal.
type bench struct {
	t       *testing.T
	env     *testsuite.TestWorkflowEnvironment
	store   *activitiestest.Store
	devices *activitiestest.Devices
	acts    *activities.Activities

	mu     sync.Mutex
	tokens map[string][]byte
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return benchWith(t, &activitiestest.Store{}, &activitiestest.Devices{}, time.Time{})
}

// benchWith goes on with the store and the devices of an earlier history.
func benchWith(t *testing.T, store *activitiestest.Store, devices *activitiestest.Devices, now time.Time) *bench {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	b := &bench{t: t, env: suite.NewTestWorkflowEnvironment(), store: store, devices: devices, tokens: map[string][]byte{}}
	b.env.SetTestTimeout(20 * time.Second)
	if !now.IsZero() {
		b.env.SetStartTime(now)
	}
	devices.Move(b.env.Now, func(d time.Duration, f func()) { b.env.RegisterDelayedCallback(f, d) }, b.reply)
	b.env.RegisterWorkflow(workflows.Run)
	b.env.RegisterWorkflow(workflows.Export)
	b.acts = &activities.Activities{Devices: b.devices, Store: b.store, Watch: b}
	b.env.RegisterActivity(b.acts)
	return b
}

// Task implements activities.Watch.
func (b *bench) Task(w activities.Watched) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tokens[w.Command] = w.Token
}

// reply completes the activity of a task, as the worker does.
func (b *bench) reply(_ string, r wire.Reply) {
	b.mu.Lock()
	token := b.tokens[r.Command]
	b.mu.Unlock()
	if !r.State.Final() || token == nil {
		return
	}
	result, err := activities.Outcome(r)
	if err != nil {
		_ = b.env.CompleteActivity(token, nil, err)
		return
	}
	_ = b.env.CompleteActivity(token, result, nil)
}

func input(p *plan.Plan) workflows.RunInput {
	return workflows.RunInput{
		Run: runID, Organisation: "lab", Protocol: "test", Subject: "m1", Plan: *p, Seed: 42,
		Bindings: []lab.Binding{{Role: "box", Device: "box-1"}, {Role: "other", Device: "box-2"}},
	}
}

// run executes the workflow to its end.
func (b *bench) run(in workflows.RunInput) workflows.RunResult {
	b.t.Helper()
	b.env.ExecuteWorkflow(workflows.Run, in)
	require.True(b.t, b.env.IsWorkflowCompleted())
	var res workflows.RunResult
	if err := b.env.GetWorkflowError(); err != nil {
		var text string
		_, text = b.store.End()
		require.NotEmpty(b.t, text, "%v", err)
		require.ErrorContains(b.t, err, text)
		statuses := b.store.Statuses()
		res.Status, res.Error = statuses[len(statuses)-1], text
		return res
	}
	require.NoError(b.t, b.env.GetWorkflowResult(&res))
	return res
}

// update sends an update after a time and hands over what came of it.
func (b *bench) update(after time.Duration, name string, arg any, then ...func(status lab.RunStatus, err error)) {
	b.env.RegisterDelayedCallback(func() {
		tell := func(status lab.RunStatus, err error) {
			for _, f := range then {
				f(status, err)
			}
			if len(then) == 0 && err != nil {
				b.t.Errorf("%s: %v", name, err)
			}
		}
		b.env.UpdateWorkflow(name, "", &testsuite.TestUpdateCallback{
			OnAccept: func() {},
			OnReject: func(err error) { tell("", err) },
			OnComplete: func(res any, err error) {
				answer, _ := res.(workflows.ControlAnswer)
				tell(answer.Status, err)
			},
		}, arg)
	}, after)
}

// refused expects an update to be refused with a text.
func (b *bench) refused(after time.Duration, name string, arg any, text string) {
	told := make(chan error, 1)
	b.update(after, name, arg, func(_ lab.RunStatus, err error) { told <- err })
	b.t.Cleanup(func() {
		select {
		case err := <-told:
			require.NotEmpty(b.t, text, "%v", err)
			require.ErrorContains(b.t, err, text)
		default:
			b.t.Errorf("%s was never answered", name)
		}
	})
}

var alice = workflows.Control{By: "alice", Why: "lunch"}

// told waits until an event was recorded.
func (b *bench) told(event string) {
	for {
		changed := b.store.Changed()
		if slices.Contains(b.store.Told(), event) {
			return
		}
		select {
		case <-b.t.Context().Done():
			return
		case <-changed:
		}
	}
}
