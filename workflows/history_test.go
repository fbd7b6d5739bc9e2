package workflows_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	sdkworker "go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/worker"
	"github.com/lics-lab/lics/workflows"
)

var update = flag.Bool("update", false, "record the histories anew; do so only when a format has not been released")

const historyDir = "testdata/history"

// feature is a run whose history is kept.
type feature struct {
	wires string
	edit  func(p *plan.Plan)
	play  func(device string, cmd wire.Command) activitiestest.Script
	act   func(device string, cmd wire.Command) wire.Reply
	// updates are sent once their event was recorded.
	updates []sent
	// of is the workflow whose history is kept; that of the run when nil.
	of func(run string) string
}

type sent struct {
	after, name string
	arg         any
}

func features() map[string]feature {
	refuse := func(string, wire.Command) wire.Reply {
		return wire.Reply{State: wire.Refused, Reason: &wire.Reason{Code: wire.ReasonChannel, Message: "there is no such channel"}}
	}
	interrupt := func(_ string, cmd wire.Command) activitiestest.Script {
		if cmd.Visit == "1" {
			return activitiestest.Script{Reply: wire.Reply{State: wire.Interrupted, Result: json.RawMessage(`{"trial":5,"boot":"b0","last_seq":4}`)}}
		}
		return activitiestest.Script{}
	}
	control := func(names ...string) (s []sent) {
		after := "step_started task1"
		for _, name := range names {
			s = append(s, sent{after, name, alice})
			after = "control  " + name
		}
		return s
	}
	const one = "start -> task1\ntask1 -done> set1\nset1 -> end"
	return map[string]feature{
		"sequence": {wires: "start -> set1\nset1 -> wait1\nwait1 -> read1\nread1 -> task1\ntask1 -done> add\nadd -> end", edit: func(p *plan.Plan) { p.Node("wait1").Wait.Duration = "2s" }},
		"trials": {wires: "start -> trials\ntrials -body> trials:set1\ntrials -done> end", edit: func(p *plan.Plan) {
			n := p.Node("trials").Trials
			n.Order, n.RepeatIf, n.Repeat, n.MaxRepeats = plan.OrderFullRandom, "x == 2", plan.RepeatLater, "1"
		}},
		"wait_until": {wires: "start -> until\nuntil -> end", edit: func(p *plan.Plan) {
			p.Node("until").WaitUntil = &plan.WaitUntil{At: time.Now().UTC().Add(3 * time.Second).Format(time.TimeOnly), Zone: "UTC"}
		}},
		"branch":   {wires: "start -> read1\nread1 -> branch\nbranch -big> end1\nbranch -else> end2"},
		"loops":    {wires: "start -> repeat\nrepeat -body> repeat:each\nrepeat:each -body> each:set1\nrepeat -done> end"},
		"parallel": {wires: "start -> parallel\nparallel -a> task1\nparallel -b> set1\ntask1 -done> join\nset1 -> join\njoin -> end"},
		"race": {
			wires: "start -> parallel\nparallel -a> task1\nparallel -b> wait1\ntask1 -done> race\nwait1 -> race\nrace -> task2\ntask2 -done> end",
			edit:  func(p *plan.Plan) { p.Node("wait1").Wait.Duration = "2s" },
			play: func(_ string, cmd wire.Command) activitiestest.Script {
				if cmd.Node == "task1" {
					return activitiestest.Script{Takes: time.Hour}
				}
				return activitiestest.Script{}
			},
		},
		"human":         {wires: "start -> human\nhuman -yes> end1\nhuman -no> end2", updates: []sent{{"human human asked", workflows.UpdateAnswer, nil}}},
		"human_timeout": {wires: "start -> human\nhuman -yes> end1\nhuman -no> end2\nhuman -timeout> end3", edit: func(p *plan.Plan) { p.Node("human").Human.Timeout = "2s" }},
		"human_form": {
			wires: "start -> human\nhuman -> end",
			edit: func(p *plan.Plan) {
				h := p.Node("human").Human
				h.Choices, h.Variable, h.Role, h.Escalate, h.EscalateTo, h.Sign = nil, "", "technician", "2s", "veterinarian", "I have looked."
				h.Form = []plan.Field{{Variable: "x", Required: true, PlausibleMinimum: "18", Keep: plan.KeepWeight}}
			},
			updates: []sent{{"human human escalated", workflows.UpdateAnswer, entered("12", true, "Alice")}},
		},
		"staircase": {wires: "start -> stairs\nstairs -body> stairs:read1\nstairs -done> end", edit: func(p *plan.Plan) {
			p.Variables = append(p.Variables, plan.Variable{Name: "level", Type: "float"})
			p.Node("stairs").Staircase.Level = "level"
		}},
		"outside":        {wires: toldOutside},
		"stage_gate":     {wires: "start -> gate\ngate -advance> end1\ngate -stay> end2"},
		"calibrate":      {wires: "start -> keep\nkeep -> end"},
		"check_hardware": {wires: "start -> check\ncheck -ok> end1\ncheck -problem> end2"},
		"export":         {wires: "start -> export\nexport -> end"},
		"files":          {wires: "start -> export\nexport -> end"}, // export, since files are made
		"files_made":     {wires: "start -> export\nexport -> end", of: workflows.ExportID},
		"watch": {
			wires: guarded, play: takes(time.Hour),
			edit: func(p *plan.Plan) { p.Node("watch").Watch.For = "2s" },
		},
		"guardian": {
			wires: "start -> parallel\nparallel -a> task1\nparallel -b> watch\ntask1 -done> join\nwatch -alarm> join\njoin -> end",
			play:  takes(time.Second),
		},
		"refused":     {wires: one, act: refuse},
		"failed_port": {wires: "start -> set1\nset1 -> end1\nset1 -failed> end2", act: refuse},
		"interrupted": {wires: one, play: interrupt},
		"pause":       {wires: one, play: hour, updates: control(workflows.UpdatePause, workflows.UpdateResume, workflows.UpdateStop)},
		"live": {wires: one, play: hour, edit: func(p *plan.Plan) { withLive(p) }, updates: []sent{
			{"step_started task1", workflows.UpdateSetParameters, values("reward", "4.5")},
			{"set_parameter  reward", workflows.UpdatePause, alice},
			{"control  pause", workflows.UpdateSetParameters, values("reward", "5", "bright", "1")},
			{"set_parameter  bright", workflows.UpdateStop, alice},
		}},
		"stop":  {wires: one, play: hour, updates: control(workflows.UpdateStop)},
		"abort": {wires: one, play: hour, updates: control(workflows.UpdateAbort)},
		"halt":  {wires: one, play: hour, updates: control(workflows.UpdateHalt)},
	}
}

func TestRecordHistories(t *testing.T) {
	t.Parallel()
	if !*update {
		t.Skip("with -update only")
	}
	host, err := os.Hostname() // is in the names of queues
	require.NoError(t, err)
	for name, f := range features() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := recorded(t, f)
			raw, err := protojson.MarshalOptions{Multiline: true, Indent: " "}.Marshal(h)
			require.NoError(t, err)
			raw = bytes.ReplaceAll(raw, []byte(`"`+host+`:`), []byte(`"recorder:`))
			require.NoError(t, os.MkdirAll(historyDir, 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(historyDir, name+".json"), raw, 0o600))
		})
	}
}

// recorded runs a feature on a real server.
func recorded(t *testing.T, f feature) *historypb.History {
	t.Helper()
	hostPort, namespace := licstest.Temporal(t)
	c, err := client.DialContext(t.Context(), client.Options{HostPort: hostPort, Namespace: namespace, Identity: "recorder", Logger: sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	defer c.Close()
	store := &activitiestest.Store{}
	devices := &activitiestest.Devices{Play: f.play, Act: f.act, After: func(d time.Duration, f func()) { time.AfterFunc(d, f) }}
	w, err := worker.New(worker.Config{Temporal: c, Store: store, Devices: devices, Outside: &activitiestest.Outside{Body: `{"n": 7}`}, Objects: &activitiestest.Objects{}})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	defer func() {
		cancel()
		require.NoError(t, <-done)
	}()

	p := plantest.Draw(t, f.wires)
	if f.edit != nil {
		f.edit(p)
	}
	in := input(p)
	run, err := c.ExecuteWorkflow(ctx, workflows.StartOptions(in), workflows.Run, in)
	require.NoError(t, err)
	for _, u := range f.updates {
		for {
			changed := store.Changed()
			if slices.Contains(store.Told(), u.after) {
				break
			}
			<-changed
		}
		if u.arg == nil {
			u.arg = workflows.Answer{Step: wire.CommandID(runID, "human", "1"), Choice: "no", By: "alice"}
		}
		h, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			WorkflowID: run.GetID(), UpdateName: u.name, Args: []any{u.arg}, WaitForStage: client.WorkflowUpdateStageCompleted,
		})
		require.NoError(t, err)
		require.NoError(t, h.Get(ctx, nil))
	}
	_ = run.Get(ctx, nil) // some fail, as they should
	kept := run
	if f.of != nil {
		kept = c.GetWorkflow(ctx, f.of(runID), "")
		require.NoError(t, kept.Get(ctx, nil))
	}
	history := &historypb.History{}
	for it := c.GetWorkflowHistory(ctx, kept.GetID(), kept.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); it.HasNext(); {
		e, err := it.Next()
		require.NoError(t, err)
		history.Events = append(history.Events, e)
	}
	return history
}

// A change of the workflow that would break a run under way fails here.
func TestRecordedHistoriesAreReplayed(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(historyDir, "*.json"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), len(features()))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			r := sdkworker.NewWorkflowReplayer()
			r.RegisterWorkflow(workflows.Run)
			r.RegisterWorkflow(workflows.Export)
			require.NoError(t, r.ReplayWorkflowHistoryFromJSONFile(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)), file))
		})
	}
}
