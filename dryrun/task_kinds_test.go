package dryrun_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/task"
)

// kindTrace plays the example of a kind of the task level to the millisecond.
type kindTrace struct {
	name       string
	kind       string
	parameters string
	draws      string
	inputs     string // none when empty
	until      time.Duration
	rows       []task.Kind
	want       string
}

var (
	stateRows  = []task.Kind{task.KindState}
	mostRows   = []task.Kind{task.KindState, task.KindOutcome, task.KindOutput, task.KindPrint}
	stateDrive = []task.Kind{task.KindState, task.KindOutput}
)

func (k kindTrace) play(t *testing.T) dryrun.Result {
	t.Helper()
	doc, err := os.ReadFile("../protocol/testdata/kinds/" + k.kind + ".json")
	require.NoError(t, err)
	g, err := protocol.Parse(doc)
	require.NoError(t, err)
	p, ds := protocol.Compile(g)
	require.Empty(t, ds)
	o := dryrun.Options{Seed: 1, Inputs: []dryrun.Input{}, Until: k.until}
	if k.inputs != "" {
		o.Inputs = inputs(t, k.inputs)
	}
	if k.parameters != "" {
		o.Parameters = raw(k.parameters)
	}
	if k.draws != "" {
		o.Draws = map[string][]json.RawMessage{}
		require.NoError(t, json.Unmarshal([]byte(k.draws), &o.Draws))
	}
	r, err := dryrun.Run(t.Context(), p, o)
	require.NoError(t, err)
	require.Empty(t, r.Error)
	return r
}

func traces(t *testing.T, all []kindTrace) {
	t.Helper()
	for _, k := range all {
		t.Run(k.kind+"/"+strings.ReplaceAll(k.name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			require.Equal(t, strings.Fields(k.want), strings.Fields(strings.Join(facts(k.play(t), k.rows...), " ")))
		})
	}
}

func TestResponsesAndHoldsAreJudgedToTheMillisecond(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{
		{
			name: "a held response counts with its latency to the onset", kind: "wait_response", until: 4 * time.Second,
			inputs: `300 poke_1_in; 450 poke_1_out; 600 poke_3_in; 750 poke_1_in`, rows: []task.Kind{task.KindState, task.KindOutcome, task.KindVariable},
			want: `choice@0 latency=300ms@400 choice_left@400 fast@400 quick@400 latency=350ms@750 choice@750`,
		},
		{
			name: "the light stays on from wait to wait without a gap", kind: "wait_response", until: 4 * time.Second,
			inputs: `300 poke_1_in; 450 poke_1_out; 700 poke_1_in`, rows: stateDrive,
			want: `choice@0 led_1=1@0 choice_left@400 quick@400 choice@700`,
		},
		{
			name: "the first response decides, and letting go is early", kind: "wait_response", until: 7 * time.Second,
			inputs: `200 poke_3_in; 250 poke_1_in; 290 poke_3_out; 1000 poke_1_out; 2000 poke_4_in; 2200 poke_4_out`, rows: []task.Kind{task.KindState, task.KindOutcome},
			want: `choice@0 early@290 choice@290 right@2100 slow@2100 done@3100`,
		},
		{
			name: "no response is an omission", kind: "wait_response", until: 6 * time.Second,
			rows: []task.Kind{task.KindState, task.KindOutcome}, want: `choice@0 omission@5000 choice@5000`,
		},
		{
			name: "of any response only a held one counts", kind: "wait_response", until: 4 * time.Second,
			inputs: `1500 poke_1_in; 2000 poke_1_out; 2100 poke_1_in; 2150 poke_1_out; 2400 poke_1_in`, rows: stateRows,
			want: `choice@0 choice_left@1600 slow@1600 choice@2500`,
		},
		{
			name: "short absences are forgiven and do not count", kind: "hold", until: 2 * time.Second,
			inputs: `100 poke_2_in; 200 poke_2_out; 240 poke_2_in; 400 poke_1_in`, rows: mostRows,
			want: `fix@0 fix_in@100 fix_grace@200 fix_in@240 lit@340 led_1=1@340 lit_in@340 side@400 held@640 led_1=0@640 paid@640 fix@1640 fix_in@1640 lit@1840 led_1=1@1840 lit_in@1840`,
		},
		{
			name: "longer ones end the hold", kind: "hold", until: 2 * time.Second,
			inputs: `100 poke_2_in; 200 poke_2_out; 260 poke_2_in`, rows: []task.Kind{task.KindState, task.KindOutcome},
			want: `fix@0 fix_in@100 fix_grace@200 early@250 paid@250 fix@1250 fix_in@1250 lit@1450 lit_in@1450 held@1750 paid@1750`,
		},
		{
			name: "without a port for it a hold that was too short begins again", kind: "hold", until: 3 * time.Second,
			inputs: `100 poke_2_in; 400 poke_2_out; 1000 poke_2_in`, rows: stateDrive,
			want: `fix@0 fix_in@100 lit@300 led_1=1@300 lit_in@300 lit@400 lit_in@1000 led_1=0@1300 paid@1300 fix@2300 fix_in@2300 lit@2500 led_1=1@2500 lit_in@2500 led_1=0@2800 paid@2800`,
		},
		{
			name: "a hold that does not begin is an omission", kind: "hold", until: 2500 * time.Millisecond,
			rows: []task.Kind{task.KindState, task.KindOutcome}, want: `fix@0 omission@2000 paid@2000`,
		},
	})
}

func TestTimesBetweenTrialsAreExact(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{
		{
			name: "responses begin it again", kind: "time_out", until: 12 * time.Second,
			inputs: `1000 poke_3_in; 3000 poke_1_in; 3100 poke_1_out; 6000 poke_3_in`, rows: stateDrive,
			want: `work@0 house_light=1@0 house_light=0@1000 punish@1000 work@11000 house_light=1@11000`,
		},
		{
			name: "every distribution", kind: "inter_trial_interval", until: 19 * time.Second,
			draws:  `{"chosen": ["11s"], "even": ["1500ms"], "flat": ["2500ms"]}`,
			inputs: `1000 poke_1_in`, rows: []task.Kind{task.KindState, task.KindOutcome, task.KindDraw},
			want: `plain@0 premature@1000 plain@1000 chosen@3000 chosen=11s@3000 even@14000 even=1.5s@14000 flat@15500 flat=2.5s@15500 scored@18000 done@18000 plain@18000`,
		},
	})
}

func TestStimuliAndDropsLastAsLongAsTheySay(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{
		{
			name: "on for its duration, then beside the next node", kind: "light", until: 1900 * time.Millisecond, rows: stateDrive,
			want: `on@0 led_1=0.5@0 led_2=1@0 brief@500 led_1=1@500 pause@500 led_1=0@520 on@1500 led_1=0.5@1500`,
		},
		{
			name: "an event ends it", kind: "tone", until: time.Second, inputs: `200 poke_1_in`, rows: stateDrive,
			want: `on@0 speaker=0.8@0 led_2=1@0 speaker=0@200 pause@200`,
		},
		{
			name: "calibrated, then a train of pulses", kind: "deliver_liquid", until: 1200 * time.Millisecond, rows: mostRows,
			want: `one@0 valve_1=1@0 valve_1=0@30 many@30 led_1=1@30 valve_1=1@30 valve_1=0@50 valve_1=1@150 valve_1=0@170 valve_1=1@270 valve_1=0@290
				scored@290 rewarded@290 led_1=0@290 rest@290`,
		},
		{
			name: "no pulse and no volume take no time", kind: "deliver_liquid", parameters: `{"pulses": 0, "reward": 0}`, until: 500 * time.Millisecond, rows: stateRows,
			want: `one@0 many@0 scored@0 rest@0`,
		},
	})
}

func TestDecisionsTakeNoTimeAndKeepTheOutputs(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{{
		name: "side to side", kind: "if", draws: `{"side": [true, false]}`, until: 2150 * time.Millisecond, rows: mostRows,
		want: `ready@0 led_1=1@0 side@1000 add@1000 which@1000 lit@1000 scored@1100 done@1100 ready@1100 side@2100 add@2100 which@2100 led_1=0@2100 dark@2100`,
	}})
}
