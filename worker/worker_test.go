package worker_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/worker"
	"github.com/lics-lab/lics/workflows"
)

// system is a real Temporal server, and the rest in memory.
type system struct {
	t       testing.TB
	client  client.Client
	store   *activitiestest.Store
	devices *activitiestest.Devices
	objects activities.Objects
	log     *slog.Logger
}

func newSystem(t testing.TB) *system {
	t.Helper()
	hostPort, namespace := licstest.Temporal(t)
	quiet := slog.New(slog.DiscardHandler)
	c, err := client.DialContext(t.Context(), client.Options{HostPort: hostPort, Namespace: namespace, Logger: sdklog.NewStructuredLogger(quiet)})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return &system{
		t: t, client: c, store: &activitiestest.Store{}, log: quiet,
		devices: &activitiestest.Devices{After: func(d time.Duration, f func()) { time.AfterFunc(d, f) }},
	}
}

// work runs a worker until stop is called, or the test ends.
func (s *system) work() (stop func()) {
	s.t.Helper()
	w, err := worker.New(worker.Config{Temporal: s.client, Store: s.store, Devices: s.devices, Objects: s.objects, Log: s.log})
	require.NoError(s.t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			s.t.Errorf("worker: %v", err)
		}
	})
	s.t.Cleanup(stop)
	return stop
}

func (s *system) start(p *plan.Plan) client.WorkflowRun {
	s.t.Helper()
	in := workflows.RunInput{
		Run: uuid.NewString(), Organisation: "lab", Protocol: "test", Subject: "m1", Plan: *p, Seed: 1,
		Bindings: []lab.Binding{{Role: "box", Device: "box-1"}},
	}
	run, err := s.client.ExecuteWorkflow(s.t.Context(), workflows.StartOptions(in), workflows.Run, in)
	require.NoError(s.t, err)
	return run
}

func (s *system) result(run client.WorkflowRun) workflows.RunResult {
	s.t.Helper()
	var res workflows.RunResult
	require.NoError(s.t, run.Get(s.t.Context(), &res))
	return res
}

// told waits until an event was recorded.
func (s *system) told(event string) {
	s.t.Helper()
	for {
		changed := s.store.Changed()
		if slices.Contains(s.store.Told(), event) {
			return
		}
		select {
		case <-s.t.Context().Done():
			s.t.Fatal("never recorded: " + event)
		case <-time.After(time.Minute):
			s.t.Fatalf("not recorded: %s; recorded: %v", event, s.store.Told())
		case <-changed:
		}
	}
}

func (s *system) onceEach() {
	s.t.Helper()
	started := s.devices.Started()
	slices.Sort(started)
	require.Equal(s.t, slices.Compact(slices.Clone(started)), started, "a command was started twice")
}

func takes(d time.Duration) func(string, wire.Command) activitiestest.Script {
	return func(string, wire.Command) activitiestest.Script { return activitiestest.Script{Takes: d} }
}

func TestRunOnARealServer(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.work()
	s.devices.Play = takes(50 * time.Millisecond)
	p := plantest.Draw(t, "start -> repeat\nrepeat -body> repeat:task1\nrepeat:task1 -done> repeat:set1\nrepeat -done> read1\nread1 -> end")
	res := s.result(s.start(p))
	require.Equal(t, workflows.RunResult{Status: lab.RunCompleted, Outcome: "end"}, res)
	require.Equal(t, []string{"task task1/1", "set set1/1", "task task1/2", "set set1/2", "read read1/1", "safe safe/end.box-1"}, s.devices.Did())
	s.onceEach()
}

func TestWorkerKilledInMidRunStartsNoCommandTwice(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.devices.Play = takes(3 * time.Second)
	p := plantest.Draw(t, "start -> set1\nset1 -> task1\ntask1 -done> set2\nset2 -> end")
	stop := s.work()
	run := s.start(p)
	s.told("step_started task1")
	stop()
	s.work()
	require.Equal(t, lab.RunCompleted, s.result(run).Status)
	require.Equal(t, []string{"set set1/1", "task task1/1", "set set2/1", "safe safe/end.box-1"}, s.devices.Did())
	s.onceEach()
}

func TestReplyGivenWhileNoWorkerWasThereIsFound(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.devices.Play = takes(time.Second)
	stop := s.work()
	run := s.start(plantest.Draw(t, "start -> task1\ntask1 -done> end"))
	s.told("step_started task1")
	stop()
	over := make(chan struct{})
	once := sync.OnceFunc(func() { close(over) })
	s.devices.OnReply(func(_ string, r wire.Reply) {
		if r.State.Final() {
			once()
		}
	})
	<-over // nobody of us heard it
	s.work()
	require.Equal(t, lab.RunCompleted, s.result(run).Status)
	s.onceEach()
}

func TestControlsOnARealServer(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.work()
	s.devices.Play = takes(time.Hour)
	run := s.start(plantest.Draw(t, "start -> task1\ntask1 -done> end"))
	s.told("step_started task1")
	update := func(name string) (workflows.ControlAnswer, error) {
		h, err := s.client.UpdateWorkflow(t.Context(), client.UpdateWorkflowOptions{
			WorkflowID: run.GetID(), UpdateName: name, Args: []any{workflows.Control{By: "alice"}},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		require.NoError(t, err)
		var a workflows.ControlAnswer
		return a, h.Get(t.Context(), &a)
	}
	a, err := update(workflows.UpdatePause)
	require.NoError(t, err)
	require.Equal(t, lab.RunPaused, a.Status)
	_, err = update(workflows.UpdatePause)
	require.ErrorContains(t, err, "The run is paused already.")
	_, err = update(workflows.UpdateResume)
	require.NoError(t, err)
	_, err = update(workflows.UpdateStop)
	require.NoError(t, err)
	require.Equal(t, lab.RunStopped, s.result(run).Status)
}

func TestDeviceThatFallsSilentIsRecordedAndComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a heartbeat's timeout")
	}
	t.Parallel()
	s := newSystem(t)
	s.work()
	s.devices.Play = takes(14 * time.Second)
	run := s.start(plantest.Draw(t, "start -> task1\ntask1 -done> end"))
	s.told("step_started task1")
	s.devices.Take("box-1", true)
	s.told(activities.EventDeviceLost + " task1 box-1")
	s.devices.Take("box-1", false)
	require.Equal(t, lab.RunCompleted, s.result(run).Status)
	require.Contains(t, s.store.Told(), activities.EventDeviceBack+" task1 box-1")
	s.onceEach()
}

func TestDeviceThatFellSilentJustBeforeTheWorkerBeganIsFoundOut(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a heartbeat's timeout")
	}
	t.Parallel()
	s := newSystem(t)
	stop := s.work()
	s.devices.Play = takes(16 * time.Second)
	run := s.start(plantest.Draw(t, "start -> task1\ntask1 -done> end"))
	s.told("step_started task1")
	s.devices.Take("box-1", true)
	stop()
	begun := time.Now()
	<-time.After(6 * time.Second) // so that the next attempt comes soon after the worker
	s.work()
	s.told(activities.EventDeviceLost + " task1 box-1")
	require.Less(t, time.Since(begun), 17*time.Second, "at the first attempt, not at the second")
	s.devices.Take("box-1", false)
	require.Equal(t, lab.RunCompleted, s.result(run).Status)
	require.Contains(t, s.store.Told(), activities.EventDeviceBack+" task1 box-1")
	s.onceEach()
}

func TestTaskWhoseSendingCameTooLateIsGivenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a heartbeat's timeout")
	}
	t.Parallel()
	s := newSystem(t)
	s.work()
	first := true
	s.devices.Play = func(string, wire.Command) activitiestest.Script {
		defer func() { first = false }()
		if first {
			return activitiestest.Script{Reply: wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonDeadline, Message: "too late"}}}
		}
		return activitiestest.Script{}
	}
	require.Equal(t, lab.RunCompleted, s.result(s.start(plantest.Draw(t, "start -> task1\ntask1 -done> end"))).Status)
}

// BenchmarkStep is one durable step of a session: an output set on a device,
// with the events that tell it.
func BenchmarkStep(b *testing.B) {
	s := newSystem(b)
	s.work()
	const steps = 100
	p := plantest.Draw(b, "start -> repeat\nrepeat -body> repeat:set1\nrepeat -done> end", func(p *plan.Plan) {
		p.Node("repeat").Repeat.Count = fmt.Sprint(steps)
	})
	s.store.Cost = 2 * time.Millisecond                 // a commit
	s.result(s.start(plantest.Draw(b, "start -> end"))) // warm
	var last client.WorkflowRun
	for b.Loop() {
		s.store.Reset()
		last = s.start(p)
		s.result(last)
	}
	about, err := s.client.DescribeWorkflowExecution(b.Context(), last.GetID(), last.GetRunID())
	require.NoError(b, err)
	b.ReportMetric(float64(about.GetWorkflowExecutionInfo().GetHistoryLength())/steps, "events/step")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N*steps), "ms/step")
}

func TestLongRunGoesOnInAnotherHistory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 4,096 events")
	}
	t.Parallel()
	s := newSystem(t)
	s.work()
	const steps = 5000
	p := plantest.Draw(t, "start -> repeat\nrepeat -body> repeat:set1\nrepeat -done> end", func(p *plan.Plan) {
		p.Node("repeat").Repeat.Count = fmt.Sprint(steps)
	})
	run := s.start(p)
	first := run.GetRunID()
	require.Equal(t, lab.RunCompleted, s.result(run).Status)
	about, err := s.client.DescribeWorkflowExecution(t.Context(), run.GetID(), "")
	require.NoError(t, err)
	require.NotEqual(t, first, about.GetWorkflowExecutionInfo().GetExecution().GetRunId())
	s.onceEach()
	require.Len(t, s.devices.Did(), steps+1)
	seq := int64(0)
	for _, e := range s.store.Events() {
		require.Equal(t, seq+1, e.Seq)
		seq = e.Seq
	}
}
