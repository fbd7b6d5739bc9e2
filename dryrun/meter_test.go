package dryrun_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/task"
)

// alone is a plan of one task.
func alone(t *testing.T, program task.Program) *plan.Plan {
	t.Helper()
	return plantest.Draw(t, "start -> task\ntask -end> end\ntask -limit> end", func(p *plan.Plan) {
		program.Name, program.Format = "alone", task.Format
		p.Node("task").Task.Program = program
		p.Roles = []plan.Role{{Name: "box", Channels: program.Channels, Volumes: task.Volumes(&program)}}
	})
}

func dry(t *testing.T, program task.Program, o dryrun.Options) dryrun.Result {
	t.Helper()
	r, err := dryrun.Run(t.Context(), alone(t, program), o)
	require.NoError(t, err)
	require.Empty(t, r.Error)
	return r
}

// warned is the warning of a code; nil when there is none.
func warned(r dryrun.Result, code dryrun.WarningCode) *dryrun.Warning {
	for _, w := range r.Warnings {
		if w.Code == code {
			return &w
		}
	}
	return nil
}

var lines = []task.Channel{{Name: "poke", Direction: task.In}, {Name: "valve_left", Direction: task.Out}, {Name: "led", Direction: task.Out}}

func TestStatesAndPulsesThatADeviceCannotKeepAreWarnedOf(t *testing.T) {
	t.Parallel()
	r := dry(t, task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		Variables: []task.Variable{{Name: "n", Type: "int"}},
		States: []task.State{
			{
				Name: "a", Timer: "400us", Outputs: []task.Output{{Channel: "led"}}, Entry: []task.Action{{Do: task.DoAssign, Variable: "n", Value: "n + 1"}},
				On: []task.Handler{{Events: []string{"timeup"}, Guard: "n < 3", To: "b"}, {Events: []string{"timeup"}, To: "end"}},
			},
			{Name: "b", Timer: "5ms", On: []task.Handler{{Events: []string{"timeup"}, To: "a"}, {Events: []string{"poke_in"}, To: "end"}}},
			{Name: "never", On: []task.Handler{{Events: []string{"poke_in"}, To: "end"}}},
		},
	}, dryrun.Options{Inputs: []dryrun.Input{}})
	w := warned(r, dryrun.WarnShortState)
	require.Equal(t, &dryrun.Warning{
		Code: dryrun.WarnShortState, Node: "task", Count: 3,
		Message: "state a lasted 400µs at its shortest; a device keeps 1ms well",
	}, w)
	require.Equal(t, 3, warned(r, dryrun.WarnShortPulse).Count)
	require.Equal(t, []dryrun.StateUse{
		{Node: "task", State: "a", Visits: 3, Total: 1200 * time.Microsecond, Shortest: 400 * time.Microsecond},
		{Node: "task", State: "b", Visits: 2, Total: 10 * time.Millisecond, Shortest: 5 * time.Millisecond},
		{Node: "task", State: "never"},
	}, r.States)
}

func TestAQuickAnimalAndAStateWithoutTimeAreNotWarnedOf(t *testing.T) {
	t.Parallel()
	r := dry(t, task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		States: []task.State{
			{Name: "a", On: []task.Handler{{Events: []string{"poke_in"}, To: "b"}}},
			{Name: "b", Outputs: []task.Output{{Channel: "led"}}, On: []task.Handler{{Events: []string{"poke_out"}, To: "c"}}},
			{Name: "c", Timer: "0s", On: []task.Handler{{Events: []string{"timeup"}, To: "end"}}},
		},
	}, dryrun.Options{Inputs: []dryrun.Input{{At: time.Second, Event: "poke_in"}, {At: time.Second + 100*time.Microsecond, Event: "poke_out"}}})
	require.Empty(t, r.Warnings)
}

func TestManyStepsInOneInstantAreWarnedOf(t *testing.T) {
	t.Parallel()
	r := dry(t, task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		Variables: []task.Variable{{Name: "n", Type: "int"}},
		States: []task.State{{
			Name: "a", Timer: "3s", On: []task.Handler{
				{Events: []string{"timeup"}, Actions: []task.Action{{Do: task.DoRaise, Event: "again"}}},
				{Events: []string{"again"}, Guard: "n < 150", Actions: []task.Action{{Do: task.DoAssign, Variable: "n", Value: "n + 1"}, {Do: task.DoRaise, Event: "again"}}},
				{Events: []string{"again"}, Guard: "n == 150", To: "end"},
			},
		}},
	}, dryrun.Options{Inputs: []dryrun.Input{}})
	w := warned(r, dryrun.WarnManySteps)
	require.NotNil(t, w)
	require.Equal(t, 3*time.Second, w.At)
	require.Contains(t, w.Message, "the task fails at 1000")
}

func TestLimitsThatAreReachedAndSessionsThatDoNotEndAreWarnedOf(t *testing.T) {
	t.Parallel()
	drinks := task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		States: []task.State{
			{Name: "a", Trial: true, Timer: "1s", On: []task.Handler{{Events: []string{"timeup"}, To: "b", Actions: []task.Action{
				{Do: task.DoPulse, Channel: "valve_left", Volume: "30"}, {Do: task.DoOutcome, Outcome: "correct"},
			}}}},
			{Name: "b", Timer: "1s", On: []task.Handler{{Events: []string{"timeup"}, To: "a"}}},
		},
	}
	limited := drinks
	limited.Limits.Volume = "100"
	r := dry(t, limited, dryrun.Options{Inputs: []dryrun.Input{}})
	require.Equal(t, 4, r.Rewards)
	require.InDelta(t, 120, r.Microlitres, 1e-9, "a valve that nobody has measured has a nominal curve")
	require.Equal(t, 8*time.Second, warned(r, dryrun.WarnVolumeLimit).At)
	require.Nil(t, warned(r, dryrun.WarnNeverEnded))

	limited.Limits = task.Limits{Duration: "5s"}
	r = dry(t, limited, dryrun.Options{Inputs: []dryrun.Input{}})
	require.Equal(t, 5*time.Second, warned(r, dryrun.WarnTimeLimit).At)

	r = dry(t, drinks, dryrun.Options{Inputs: []dryrun.Input{}, MaxRows: 200})
	require.Equal(t, dryrun.EndedRows, r.Ended)
	require.NotNil(t, warned(r, dryrun.WarnNeverEnded))
	r = dry(t, drinks, dryrun.Options{Inputs: []dryrun.Input{}, Until: time.Minute})
	require.Empty(t, r.Warnings, "who asks for a minute expects no end")
}

func TestInputsAfterTheEndAreWarnedOf(t *testing.T) {
	t.Parallel()
	r := dry(t, task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		States: []task.State{{Name: "a", On: []task.Handler{{Events: []string{"poke_in"}, To: "end"}}}},
	}, dryrun.Options{Inputs: []dryrun.Input{{At: time.Second, Event: "poke_in"}, {At: 2 * time.Second, Event: "poke_out"}}})
	require.Equal(t, 1, warned(r, dryrun.WarnUnusedInputs).Count)
}

func TestWhatIsPrintedDoesNotFillTheMemory(t *testing.T) {
	t.Parallel()
	prints := make([]task.Action, 40)
	for i := range prints {
		prints[i] = task.Action{Do: task.DoPrint, Text: "{long}{long}{long}"}
	}
	r, err := dryrun.Run(t.Context(), alone(t, task.Program{
		Channels: lines, Initial: "a", Ends: []string{"end"},
		Variables: []task.Variable{{Name: "long", Type: "string", Initial: `"` + string(slices.Repeat([]byte("x"), 1000)) + `"`}},
		States: []task.State{{Name: "a", Timer: "1s", Entry: prints, On: []task.Handler{
			{Events: []string{"timeup"}, To: "a"}, {Events: []string{"poke_in"}, To: "end"},
		}}},
	}), dryrun.Options{Inputs: []dryrun.Input{}})
	require.NoError(t, err)
	require.Equal(t, dryrun.EndedRows, r.Ended, r.Error)
	require.Less(t, len(r.Rows), 50_000)
}
