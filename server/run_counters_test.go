package server_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// rows stores rows of a task of a boot, from a wall time on, starting at a
// number.
func (r *record) stored(boot, command string, first int64, start time.Time, rows ...task.Row) {
	r.s.t.Helper()
	_, _, err := r.s.store.StoreBatch(r.s.t.Context(), wire.EventBatch{
		V: 1, Device: "rig-1", Boot: boot, First: first, Run: r.run, Command: r.run + command, Node: "task", Start: start.UnixNano(), Rows: rows,
	})
	require.NoError(r.s.t, err)
	r.s.events.Nudge(r.run)
}

func output(at time.Duration, channel string, level float64) task.Row {
	return task.Row{At: at, Kind: task.KindOutput, Name: channel, Value: expr.FloatValue(level), Trial: 1}
}

const runCounters = `query($id: ID!) { run(id: $id) {
	counters { trials outcomes { outcome count } rewards microlitres cursor }
	gaps { kind from to deviceId node message } } }`

type summed struct {
	Run struct {
		Counters struct {
			Trials   int
			Outcomes []struct {
				Outcome string
				Count   int
			}
			Rewards     int
			Microlitres float64
			Cursor      string
		}
		Gaps []struct {
			Kind, Node, Message string
			From                time.Time
			To                  *time.Time
			DeviceID            *string
		}
	}
}

func (s *site) counted(run string) summed {
	s.t.Helper()
	var got summed
	s.ask(runCounters, map[string]any{"id": run}).into(s.t, &got)
	return got
}

func TestCountersAreWhatTheRowsAddUpTo(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	require.Zero(t, s.counted(r.run).Run.Counters.Trials)
	ms := time.Millisecond
	now := time.Now()
	r.stored("b1", "/task/1", 1, now,
		task.Row{Kind: task.KindTrial, Trial: 1},
		output(0, "lever", 1), // not calibrated
		output(10*ms, "valve", 1), output(15*ms, "valve", 0.5), output(20*ms, "valve", 0),
		task.Row{At: 30 * ms, Kind: task.KindOutcome, Name: "correct", Trial: 1},
		task.Row{At: 40 * ms, Kind: task.KindTrial, Trial: 2},
		output(50*ms, "valve", 1),
	)
	// An opening may lie across two batches.
	r.stored("b1", "/task/1", 9, now, output(92500*time.Microsecond, "valve", 0),
		task.Row{At: 93 * ms, Kind: task.KindOutcome, Name: "correct", Trial: 2},
		task.Row{At: 94 * ms, Kind: task.KindTrial, Trial: 3},
		task.Row{At: 95 * ms, Kind: task.KindOutcome, Name: "omission", Trial: 3},
		output(96*ms, "valve", 1), // still on
	)
	c := s.counted(r.run).Run.Counters
	require.Equal(t, 3, c.Trials)
	require.Equal(t, "correct", c.Outcomes[0].Outcome)
	require.Equal(t, 2, c.Outcomes[0].Count)
	require.Equal(t, 1, c.Outcomes[1].Count)
	require.Equal(t, 3, c.Rewards)
	require.InDelta(t, 1+5, c.Microlitres, 1e-9, "10 ms and 42.5 ms by the calibration")

	// From the cursor on, the stream has what is not counted, and no more.
	r.event("note", "later")
	w := s.open()
	w.subscribe("1", runEvents, map[string]any{"run": r.run, "after": c.Cursor})
	require.Equal(t, "later", w.events("1", 1)[0].Name)
}

func TestAnOutputThatIsPulsedIsARewardWithoutACalibration(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.box("rig-1", true)
	pellets := json.RawMessage(strings.Replace(string(lever(t)), `"volume": "reward"`, `"duration": "50ms"`, 1))
	var got struct {
		StartRun struct{ Run struct{ ID string } }
	}
	s.ask(startRun, start(t, func(in map[string]any) { in["document"] = pellets })).into(t, &got)
	r := &record{s: s, run: got.StartRun.Run.ID}
	r.stored("b1", "/task/1", 1, time.Now(), output(0, "lamp", 1), output(1, "valve", 1), output(2, "valve", 0), output(3, "valve", 1))
	c := s.counted(r.run).Run.Counters
	require.Equal(t, 2, c.Rewards)
	require.Zero(t, c.Microlitres)
}

func TestGapsOfARunHaveTheirCauseAndTheirEnds(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	t0 := time.Now().Add(-time.Hour).Truncate(time.Millisecond)
	at := func(minute int, kind, name, node, body string) {
		r.seq++
		e := lab.RunEvent{Run: r.run, Seq: r.seq, At: t0.Add(time.Duration(minute) * time.Minute), Kind: kind, Name: name, Node: node, Body: json.RawMessage(body)}
		require.NoError(t, s.store.AppendRunEvents(t.Context(), []lab.RunEvent{e}))
	}
	row := task.Row{Kind: task.KindState, Name: "wait", Trial: 1}
	r.stored("b1", "/task/1", 1, t0.Add(10*time.Minute), row)
	r.stored("b2", "/task/2", 1, t0.Add(13*time.Minute), row)
	at(1, "device_lost", "rig-1", "task", `{}`)
	at(3, "device_back", "rig-1", "task", `{}`)
	at(5, "status", "PAUSED", "", `null`)
	at(6, "status", "RUNNING", "", `null`)
	at(12, "interrupted", "rig-1", "task", `{"trials": 7}`)
	at(20, "device_lost", "rig-1", "task", `{}`)

	got := s.counted(r.run).Run.Gaps
	require.Len(t, got, 4)
	for i, want := range []struct {
		kind     string
		from, to int
	}{{"DEVICE_LOST", 1, 3}, {"PAUSED", 5, 6}, {"INTERRUPTED", 10, 13}} {
		require.Equal(t, want.kind, got[i].Kind)
		require.WithinDuration(t, t0.Add(time.Duration(want.from)*time.Minute), got[i].From, 0)
		require.WithinDuration(t, t0.Add(time.Duration(want.to)*time.Minute), *got[i].To, 0)
	}
	require.Equal(t, "Device rig-1 was restarted in the middle of the task; 7 trials were done.", got[2].Message)
	require.Equal(t, "rig-1", *got[3].DeviceID)
	require.Nil(t, got[3].To, "it is still lost")

	_, err := s.store.FinishRun(t.Context(), r.run, lab.RunFailed, "", "")
	require.NoError(t, err)
	require.NotNil(t, s.counted(r.run).Run.Gaps[3].To, "the run is over")
}

func TestRunsAreSearchedAndCounted(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m_1")
	s.subject("mx1")
	first := s.begun()
	require.Empty(t, s.ask(startRun, start(t, func(in map[string]any) { in["subject"] = m1 })).Errors)
	second := s.runner.started[1].ID
	_, err := s.store.FinishRun(t.Context(), first, lab.RunFailed, "", "The valve stuck.")
	require.NoError(t, err)
	type found struct {
		Runs      struct{ Nodes []struct{ ID string } }
		RunCounts []struct {
			Status string
			Count  int
		}
	}
	search := func(filter map[string]any) (ids []string, counts map[string]int) {
		var got found
		s.ask(`query($f: RunFilter) { runs(filter: $f) { nodes { id } } runCounts(filter: $f) { status count } }`, map[string]any{"f": filter}).into(t, &got)
		for _, n := range got.Runs.Nodes {
			ids = append(ids, n.ID)
		}
		counts = map[string]int{}
		for _, c := range got.RunCounts {
			counts[c.Status] = c.Count
		}
		return ids, counts
	}
	for _, tt := range []struct {
		search string
		want   []string
	}{
		{"", []string{second, first}},
		{"LEVER", []string{second, first}},
		{"m_1", []string{second}},
		{" valve ", []string{first}},
		{first[24:], []string{first}},
		{"nobody", nil},
	} {
		ids, counts := search(map[string]any{"search": tt.search})
		require.Equal(t, tt.want, ids, tt.search)
		sum := 0
		for _, n := range counts {
			sum += n
		}
		require.Equal(t, len(tt.want), sum, tt.search)
	}
	_, counts := search(nil)
	require.Equal(t, map[string]int{"STARTING": 1, "FAILED": 1}, counts)
	_, counts = search(map[string]any{"subject": "x"})
	require.Empty(t, counts)
}
