package dryrun_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
	"github.com/lics-lab/lics/task"
)

// compiled is the plan of a template.
func compiled(t testing.TB, name string) *plan.Plan {
	t.Helper()
	tpl, err := template.Get(name)
	require.NoError(t, err)
	g, err := protocol.Parse(tpl.Document)
	require.NoError(t, err)
	p, diagnostics := protocol.Compile(g)
	require.Empty(t, diagnostics, "a template passes the checker without a warning")
	return p
}

// inputs reads "1000 poke_6_in; …", times in milliseconds.
func inputs(t testing.TB, s string) []dryrun.Input {
	t.Helper()
	out := []dryrun.Input{}
	for part := range strings.SplitSeq(s, ";") {
		var ms int64
		var event string
		_, err := fmt.Sscanf(strings.TrimSpace(part), "%d %s", &ms, &event)
		require.NoError(t, err)
		out = append(out, dryrun.Input{At: time.Duration(ms) * time.Millisecond, Event: event})
	}
	return out
}

// facts are the rows of some kinds as "state start@0".
func facts(r dryrun.Result, kinds ...task.Kind) []string {
	var out []string
	for _, row := range r.Rows {
		for _, k := range kinds {
			if row.Kind == k {
				out = append(out, fmt.Sprintf("%s@%d", row.Text(), row.At.Milliseconds()))
			}
		}
	}
	return out
}

func raw(v string) map[string]json.RawMessage {
	var out map[string]json.RawMessage
	if err := json.Unmarshal([]byte(v), &out); err != nil {
		panic(err)
	}
	return out
}

// The expected trace of the five-choice serial reaction time task is worked out
// from its published rules (Bari, Dalley & Robbins 2008; stage 5).
func TestFiveChoiceSerialReactionTimeTaskGivesItsPublishedTrace(t *testing.T) {
	t.Parallel()
	r, err := dryrun.Run(t.Context(), compiled(t, "5csrtt"), dryrun.Options{
		Parameters: raw(`{"stage": 5}`),
		Draws:      map[string][]json.RawMessage{"target": {raw(`{"x":3}`)["x"], raw(`{"x":1}`)["x"], raw(`{"x":5}`)["x"], raw(`{"x":2}`)["x"], raw(`{"x":4}`)["x"]}},
		Inputs: inputs(t, `1000 poke_6_in; 2500 poke_6_out; 3100 poke_3_in; 4000 poke_6_in; 5200 poke_6_out; 10900 poke_4_in;
			31000 poke_2_in; 43500 poke_2_in; 43800 poke_2_in; 44500 poke_6_in; 45000 poke_6_out`),
		Until: 51 * time.Second,
	})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, strings.Fields(`start@0 choice@2500 reward@3100 iti@5200 choice@10200 penalty@10900 iti@15900 choice@20900
		penalty@24900 iti@29900 penalty@31000 iti@36000 choice@41000 reward@43500 iti@45000 choice@50000`), facts(r, task.KindState))
	require.Equal(t, strings.Fields(`correct@3100 incorrect@10900 omission@24900 premature@31000 correct@43500`), facts(r, task.KindOutcome))
	outputs := facts(r, task.KindOutput)
	require.Subset(t, outputs, strings.Fields(`led_3=1@2500 led_3=0@3100 led_1=1@10200 led_1=0@10900 led_5=1@20900 led_5=0@22900
		led_2=1@41000 led_2=0@43000 led_4=1@50000 house_light=0@10900 house_light=1@15900`))
	var pumps, house []string
	for _, o := range outputs {
		if strings.HasPrefix(o, "pump=1") {
			pumps = append(pumps, o)
		}
		if strings.HasPrefix(o, "house_light") {
			house = append(house, o)
		}
	}
	require.Equal(t, strings.Fields(`house_light=1@0 house_light=0@10900 house_light=1@15900 house_light=0@24900 house_light=1@29900
		house_light=0@31000 house_light=1@36000`), house)
	require.Equal(t, strings.Fields(`pump=1@0 pump=1@4000 pump=1@44500`), pumps)
	require.Contains(t, strings.Join(facts(r, task.KindPrint), " "), "perseverative@43800")
}

func TestLight2AFCGivesItsPublishedTrace(t *testing.T) {
	t.Parallel()
	left := map[string][]json.RawMessage{"trial_type": {json.RawMessage(`"left"`)}}
	run := func(in string) dryrun.Result {
		r, err := dryrun.Run(t.Context(), compiled(t, "light-2afc"), dryrun.Options{Draws: left, Inputs: inputs(t, in), Until: 10 * time.Second})
		require.NoError(t, err)
		require.Empty(t, r.Error)
		return r
	}
	states := func(r dryrun.Result) string { return strings.Join(facts(r, task.KindState), " ") }

	r := run(`1000 Port2In; 1100 Port2Out; 1500 Port2In; 1900 Port2Out; 2400 Port1In; 3000 Port1Out; 3200 Port1In; 3600 Port1Out`)
	require.True(t, strings.HasPrefix(states(r), `WaitForPoke@0 CueDelay@1000 WaitForPoke@1100 CueDelay@1500 WaitForPortOut@1700 WaitForResponse@1900 `+
		`Reward@2400 Drinking@2430 DrinkingGrace@3000 Drinking@3200 DrinkingGrace@3600 end@4100`), states(r))
	require.Equal(t, strings.Fields(`led_1=1@1700 led_1=0@2400 valve_1=1@2400 valve_1=0@2430`), facts(r, task.KindOutput))

	r = run(`1000 Port2In; 1100 Port2Out; 1500 Port2In; 1900 Port2Out; 2400 Port3In`)
	require.Contains(t, states(r), `Punish@2400 end@5400`)

	r = run(`1000 Port2In; 1100 Port2Out; 1500 Port2In; 1900 Port2Out`)
	require.Contains(t, states(r), `WaitForResponse@1900 end@6900`)
}

func TestTheSameSeedGivesTheSameRowsAndAnotherSeedOthers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"5csrtt", "light-2afc", "fixed-ratio"} {
		p := compiled(t, name)
		run := func(seed int64) dryrun.Result {
			r, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: seed})
			require.NoError(t, err)
			require.Empty(t, r.Error)
			require.Equal(t, "end", r.Ended, name)
			return r
		}
		a, b, c := run(1), run(1), run(2)
		require.Equal(t, a.Rows, b.Rows, name)
		require.NotEqual(t, a.Rows, c.Rows, name)
		require.NotEmpty(t, a.Outcomes, "%s: the simulated animal does the task", name)
		require.Greater(t, len(a.Trials), 5, name)
	}
}

func TestInputsAndDrawsThatNobodyHasAreRefusedWithTheNamesThereAre(t *testing.T) {
	t.Parallel()
	p := compiled(t, "light-2afc")
	_, err := dryrun.Run(t.Context(), p, dryrun.Options{Inputs: []dryrun.Input{{Event: "Port9In"}}})
	require.ErrorContains(t, err, `no input channel makes the event "Port9In"; there is Port1In`)
	_, err = dryrun.Run(t.Context(), p, dryrun.Options{Draws: map[string][]json.RawMessage{"target": nil}})
	require.ErrorContains(t, err, `the stream "target", which no task has; there is trial_type`)
}
