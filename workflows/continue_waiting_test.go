package workflows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/workflows"
)

// facts are the events as anybody can read them, without their times.
func facts(b interface{ Events() []lab.RunEvent }) []string {
	var out []string
	for _, e := range b.Events() {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", e.Kind, e.Node, e.Name, e.Body)))
	}
	return out
}

// A run whose history is continued in the middle of any step that waits, three
// times, records the same as one whose history is not.
func TestNothingChangesWhenAHistoryIsContinuedInTheMiddleOfAStep(t *testing.T) {
	t.Parallel()
	for name, w := range kindsThatWait() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			once := w.lived(t, false, nil)
			suggest := []time.Duration{4 * time.Second, time.Second, 2 * time.Second}
			if w.unit != 0 {
				suggest = []time.Duration{w.seconds(4)}
			}
			again := w.lived(t, false, suggest)
			require.Equal(t, once.facts, again.facts)
			require.ElementsMatch(t, once.did, again.did) // both devices are made safe at once
			require.Equal(t, once.closed, again.closed)
			require.Equal(t, once.statuses, again.statuses)
			if w.unit == 0 && !w.tries {
				require.InDelta(t, once.took.Seconds(), again.took.Seconds(), 3)
			}
		})
	}
}

func TestAPausedStepThatWaitsGoesOnInTheNextHistory(t *testing.T) {
	t.Parallel()
	for name, w := range kindsThatWait() {
		if name == "calibrate, at the scale" { // its second question is asked after the pause
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			suggest := []time.Duration{6 * time.Second, time.Second}
			if w.unit != 0 {
				suggest = []time.Duration{w.seconds(6)}
			}
			once, again := w.lived(t, true, nil), w.lived(t, true, suggest)
			require.Equal(t, once.facts, again.facts)
			// A device is told again that it pauses, which changes nothing there.
			told := func(did string) bool { return strings.HasPrefix(did, "pause ") }
			require.ElementsMatch(t, slices.DeleteFunc(once.did, told), slices.DeleteFunc(again.did, told))
			require.Equal(t, once.closed, again.closed)
			require.Equal(t, []lab.RunStatus{lab.RunRunning, lab.RunPaused, lab.RunRunning, lab.RunCompleted}, again.statuses)
		})
	}
}

// life is what is left of a run.
type life struct {
	facts, did, closed []string
	statuses           []lab.RunStatus
	took               time.Duration
}

// lived runs the protocol; what it waits for comes 15 seconds after its begin. A
// paused run is resumed a day later.
func (w waiting) lived(t *testing.T, paused bool, suggest []time.Duration) life {
	t.Helper()
	left := w.seconds(15)
	store, devices, res := histories(t, w.draw(t), suggest, func(n int, b *bench) {
		comes := w.hold(b, n)
		if n == 0 && paused {
			b.update(w.seconds(3), workflows.UpdatePause, alice)
		}
		if n < len(suggest) {
			left -= suggest[n]
			return
		}
		b.env.RegisterDelayedCallback(comes, left)
		if paused {
			b.update(left+24*time.Hour, workflows.UpdateResume, alice)
		}
	})
	require.Equal(t, lab.RunCompleted, res.Status)
	es := store.Events()
	return life{facts(store), devices.Did(), store.Closed(), store.Statuses(), es[len(es)-1].At.Sub(es[0].At)}
}

// What nobody answers is given up at the same moment, however often the history
// was continued meanwhile.
func TestAnEndIsNotPutOffByAContinuedHistory(t *testing.T) {
	t.Parallel()
	all := kindsThatWait()
	for activity, tt := range map[string]struct {
		waiting
		end time.Duration
	}{
		"CallService": {all["call_service"], 10 * time.Minute},
		"Notify":      {all["notify"], 5 * time.Minute},
		"Command":     {all["check_hardware"], 10 * time.Minute},
	} {
		t.Run(activity, func(t *testing.T) {
			t.Parallel()
			o := &ends{activity: activity}
			suggest, answered := []time.Duration{time.Minute, 90 * time.Second}, 100*time.Second
			if tt.unit != 0 { // after a quick attempt of three seconds
				suggest, answered = []time.Duration{3200 * time.Millisecond}, 3500*time.Millisecond
			}
			store, _, res := histories(t, tt.draw(t), suggest, func(n int, b *bench) {
				b.env.SetWorkerOptions(worker.Options{Interceptors: []interceptor.WorkerInterceptor{o}})
				if comes := tt.hold(b, n); n == len(suggest) {
					b.env.RegisterDelayedCallback(comes, answered)
				}
			})
			require.Equal(t, lab.RunCompleted, res.Status)
			require.Len(t, o.ends, len(suggest)+1)
			began := store.Events()[0].At
			for _, e := range o.ends {
				require.InDelta(t, tt.end.Seconds(), e.Sub(began).Seconds(), 2, "after the begin")
			}
		})
	}
}

// ends notes the moment at which an activity has to end, each time it is
// scheduled.
type ends struct {
	interceptor.WorkerInterceptorBase
	activity string
	ends     []time.Time
}

func (e *ends) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	i := &endsInbound{e: e}
	i.Next = next
	return i
}

type endsInbound struct {
	interceptor.WorkflowInboundInterceptorBase
	e *ends
}

func (i *endsInbound) Init(outbound interceptor.WorkflowOutboundInterceptor) error {
	o := &endsOutbound{e: i.e}
	o.Next = outbound
	return i.Next.Init(o)
}

type endsOutbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	e *ends
}

func (o *endsOutbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	if activityType == o.e.activity {
		o.e.ends = append(o.e.ends, workflow.Now(ctx).Add(workflow.GetActivityOptions(ctx).ScheduleToCloseTimeout))
	}
	return o.Next.ExecuteActivity(ctx, activityType, args...)
}
