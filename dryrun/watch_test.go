package dryrun_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

func TestADryRunRaisesTheAlarmOfAnEventThatDoesNotCome(t *testing.T) {
	t.Parallel()
	p := kind(t, "watch")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: inputs(t, "60000 lever_1_in; 240000 lever_1_out; 400000 lever_1_in; 500000 lever_1_out")})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, []string{"no lever_1_in for 5m0s"}, texts(values(r, "why")))
	require.Equal(t, 360*time.Second, r.Duration)
	require.Equal(t, "idle", r.Outcome)
}

func TestADryRunRaisesTheAlarmOfASilentDevice(t *testing.T) {
	t.Parallel()
	run := func(silences ...dryrun.Silence) dryrun.Result {
		r, err := dryrun.Run(t.Context(), kind(t, "watch"), dryrun.Options{Inputs: pressing(t), Silences: silences})
		require.NoError(t, err)
		require.Empty(t, r.Error)
		return r
	}
	r := run(dryrun.Silence{At: 3 * time.Minute, For: 3 * time.Minute})
	require.Equal(t, "done", r.Outcome)
	require.Equal(t, 5*time.Minute, r.Duration, "two minutes after it fell silent")
	require.Equal(t, []string{"silent box"}, controls(r))

	// A second less is no alarm; touching silences are one.
	short := dryrun.Silence{At: 3 * time.Minute, For: 2*time.Minute - time.Second}
	r = run(short)
	require.Equal(t, "idle", r.Outcome, "the animal stops pressing in the end")
	require.Equal(t, []string{"silent box", "heard_again box"}, controls(r))
	require.Equal(t, 5*time.Minute, run(dryrun.Silence{At: 4 * time.Minute, For: 2 * time.Minute}, short).Duration)
	r = run(dryrun.Silence{At: 3 * time.Hour, For: time.Second})
	require.Equal(t, "silences of devices after the end of the run were not used", r.Warnings[len(r.Warnings)-1].Message)
}

// The task of the example ends after an hour; nobody hears of it before the
// device is heard again.
func TestWhatASilentDeviceDidIsKnownWhenItIsHeardAgain(t *testing.T) {
	t.Parallel()
	p := kind(t, "watch")
	without(p, "gone", "idle", "heat")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: []dryrun.Input{}, Silences: []dryrun.Silence{{At: 50 * time.Minute, For: 20 * time.Minute}}})
	require.NoError(t, err)
	require.Equal(t, "done", r.Outcome)
	require.Equal(t, 70*time.Minute, r.Duration)
	require.Equal(t, time.Hour, r.Rows[slices.IndexFunc(r.Rows, func(r dryrun.Row) bool { return r.Kind == task.KindEnd })].At)

	// A task waits for a device that is silent when it is to begin.
	r, err = dryrun.Run(t.Context(), p, dryrun.Options{Inputs: []dryrun.Input{}, Silences: []dryrun.Silence{{For: time.Minute}}})
	require.NoError(t, err)
	require.Equal(t, 61*time.Minute, r.Duration)
	require.Equal(t, time.Minute, r.Rows[slices.IndexFunc(r.Rows, func(r dryrun.Row) bool { return r.Kind == task.KindState })].At)
}

// The store does not know of an event that a silent device keeps for itself.
func TestAnEventOfASilentDeviceCountsWhenItIsHeardInTime(t *testing.T) {
	t.Parallel()
	p := kind(t, "watch")
	without(p, "gone", "heat")
	run := func(s dryrun.Silence) dryrun.Result {
		// Pressed at 1 and at 5 minutes; five without a press are an alarm.
		r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: inputs(t, "60000 lever_1_in; 61000 lever_1_out; 300000 lever_1_in; 301000 lever_1_out"), Silences: []dryrun.Silence{s}})
		require.NoError(t, err)
		return r
	}
	require.Equal(t, 10*time.Minute, run(dryrun.Silence{At: 4 * time.Minute, For: 90 * time.Second}).Duration)
	require.Equal(t, 6*time.Minute, run(dryrun.Silence{At: 4 * time.Minute, For: 3 * time.Minute}).Duration)
}

func TestADryRunRaisesTheAlarmOfAMetric(t *testing.T) {
	t.Parallel()
	value := func(v float64) *float64 { return &v }
	for _, tt := range []struct {
		name     string
		metrics  []dryrun.Metric
		silences []dryrun.Silence
		want     time.Duration
		why      string
	}{
		{"is good when nothing is said of it", nil, nil, time.Hour, ""},
		{"too hot for ten minutes", []dryrun.Metric{{At: 20 * time.Minute, Name: "temperature", Value: value(31)}}, nil, 30 * time.Minute, "temperature of box is out of its range for 10m0s; it is 31"},
		{"too cold, then warm in time", []dryrun.Metric{{At: 29 * time.Minute, Name: "temperature", Value: value(20)}, {At: 20 * time.Minute, Name: "temperature", Value: value(17)}}, nil, time.Hour, ""},
		{"not measured any more", []dryrun.Metric{{At: 20 * time.Minute, Name: "temperature"}}, nil, 30 * time.Minute, "no temperature of box was recorded for 10m0s"},
		{"not heard of", nil, []dryrun.Silence{{At: 20 * time.Minute, For: 11 * time.Minute}}, 30 * time.Minute, "no temperature of box was recorded for 10m0s"},
		{"of another value the whole time", []dryrun.Metric{{Name: "temperature", Value: value(31)}}, nil, 10 * time.Minute, "temperature of box is out of its range for 10m0s; it is 31"},
	} {
		p := kind(t, "watch")
		without(p, "gone", "idle")
		p.Node("heat").Watch.Variable = "why"
		r, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: []dryrun.Input{}, Metrics: tt.metrics, Silences: tt.silences})
		require.NoError(t, err)
		require.Equal(t, tt.want, r.Duration, tt.name)
		require.Equal(t, tt.why, strings.Join(texts(values(r, "why")), ""), tt.name)
	}
}

func TestSurroundingsThatCannotBeAreRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	p := kind(t, "watch")
	nan := math.NaN()
	for want, o := range map[string]dryrun.Options{
		`silence 1: the protocol has no role "cage"; a role is box`:                            {Silences: []dryrun.Silence{{Role: "cage", For: time.Second}}},
		"silence 1: it begins at 0s and lasts 0s; it must begin at 0s or later and last":       {Silences: []dryrun.Silence{{}}},
		"silence 2: it begins at -1s and lasts 1s":                                             {Silences: []dryrun.Silence{{For: 1}, {At: -time.Second, For: time.Second}}},
		`metric 1: nothing watches "humidity"; watched is temperature`:                         {Metrics: []dryrun.Metric{{Name: "humidity"}}},
		"metric 1 (temperature): the time is negative":                                         {Metrics: []dryrun.Metric{{Name: "temperature", At: -1}}},
		"metric 1 (temperature): the value is no number; leave it out when it is not measured": {Metrics: []dryrun.Metric{{Name: "temperature", Value: &nan}}},
	} {
		require.ErrorContains(t, dryrun.Check(p, o), want)
	}
}

func TestALiveParameterReachesASilentDeviceWhenItIsHeardAgain(t *testing.T) {
	t.Parallel()
	p := compiled(t, "5csrtt")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{
		Seed: 3, Until: 10 * time.Minute, Changes: []dryrun.Change{reward(time.Minute, "7")},
		Silences: []dryrun.Silence{{At: 50 * time.Second, For: 4 * time.Minute}},
	})
	require.NoError(t, err)
	at := map[task.Kind]time.Duration{}
	for _, row := range r.Rows {
		if row.Kind == task.KindParameter || row.Name == "set_parameter" {
			at[row.Kind] = row.At
		}
	}
	require.Equal(t, time.Minute, at[task.KindControl])
	require.Greater(t, at[task.KindParameter], 290*time.Second)
}

// pressing is an animal that presses the lever once a minute.
func pressing(t *testing.T) []dryrun.Input {
	t.Helper()
	var all []dryrun.Input
	for at := time.Duration(0); at < 2*time.Hour; at += time.Minute {
		all = append(all, dryrun.Input{At: at, Event: "lever_1_in"}, dryrun.Input{At: at + time.Second, Event: "lever_1_out"})
	}
	return all
}

// without lets guardians wait for what never happens.
func without(p *plan.Plan, nodes ...string) {
	for _, id := range nodes {
		p.Node(id).Watch = &plan.Watch{What: plan.WatchSilent, Role: "box", For: "1000h"}
	}
}

func controls(r dryrun.Result) []string {
	var all []string
	for _, row := range r.Rows {
		if row.Name == "silent" || row.Name == "heard_again" {
			all = append(all, row.Name+" "+row.Role)
		}
	}
	return all
}
