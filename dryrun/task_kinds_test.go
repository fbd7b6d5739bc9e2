package dryrun_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
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

// kindPlan is the plan of the example of a kind.
func kindPlan(t *testing.T, name string) *plan.Plan {
	t.Helper()
	doc, err := os.ReadFile("../protocol/testdata/kinds/" + name + ".json")
	require.NoError(t, err)
	g, err := protocol.Parse(doc)
	require.NoError(t, err)
	p, ds := protocol.Compile(g)
	require.Empty(t, ds)
	return p
}

func (k kindTrace) play(t *testing.T) dryrun.Result {
	t.Helper()
	p := kindPlan(t, k.kind)
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
			want: `on@0 led_1=0.5 (ramp 100ms)@0 led_2=1@0 brief@500 led_1=1@500 pause@500 led_1=0@520 on@1500 led_1=0.5 (ramp 100ms)@1500`,
		},
		{
			name: "an event ends it", kind: "tone", until: time.Second, inputs: `200 poke_1_in`, rows: stateDrive,
			want: `on@0 speaker=0.8 (ramp 5ms, 4000 Hz)@0 led_2=0.5 (ramp 50ms)@0 speaker=0@200 pause@200 led_2=0 (ramp 200ms)@200`,
		},
		{
			name: "calibrated, then a train of pulses", kind: "deliver_liquid", until: 1200 * time.Millisecond, rows: mostRows,
			want: `one@0 valve_1=1@0 valve_1=0@30 many@30 led_1=1@30 valve_2=1@30 valve_2=0@50 valve_2=1@150 valve_2=0@170 valve_2=1@270 valve_2=0@290
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

// presses are presses of the lever at these times in milliseconds.
func presses(at ...int) string {
	var all []string
	for _, ms := range at {
		all = append(all, fmt.Sprintf("%d lever_1_in; %d lever_1_out", ms, ms+10))
	}
	return strings.Join(all, "; ")
}

func TestSchedulesReinforceWhatTheirDefinitionsSay(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{{
		name: "fixed ratio, progressive ratio, low rates, fixed interval, fixed time", kind: "schedule", until: 60 * time.Second,
		// FR3 twice; PR 1, 2, and one of four before 10 s without a press, then 1, 2 again; DRL 2 s; FI 3 s.
		inputs: presses(100, 200, 300, 400, 500, 600, 1000, 1100, 1200, 1300, 12000, 12100, 12200, 13000, 14500, 16499, 18500, 20000, 21499, 22000),
		rows:   []task.Kind{task.KindState, task.KindOutcome},
		want: `fr@0 paid@300 scored@320 rewarded@320 fr@320 paid@600 scored@620 rewarded@620 fr@620 pr@620 pr@1000 pr@1200 pr@12000 pr@12200 drl@12200
			fi@18500 ft@22000 over@23000`,
	}})
}

func TestAFixedRatioCountsOnWhereTheTrialWasLeft(t *testing.T) {
	t.Parallel()
	k := kindTrace{kind: "schedule", until: time.Second, inputs: presses(100, 200, 300, 310, 350)}
	require.Equal(t, []string{"1", "2", "3", "0", "1"}, values(k.play(t), "fr_count"), "the press at 310 falls into the reward")
}

// In the long run each random schedule reinforces as often as its mean says.
func TestRandomSchedulesKeepTheirMeans(t *testing.T) {
	t.Parallel()
	var presses []dryrun.Input
	for i := range 36_000 { // ten a second, for an hour
		at := time.Duration(i) * 100 * time.Millisecond
		presses = append(presses, dryrun.Input{At: at, Event: "lever_1_in"}, dryrun.Input{At: at + time.Millisecond, Event: "lever_1_out"})
	}
	p := kindPlan(t, "schedule-random")
	r, err := dryrun.Run(t.Context(), p, dryrun.Options{Seed: 3, Inputs: presses})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	drawn := map[string][]float64{}
	hits := 0.0
	for _, row := range r.Rows {
		if row.Kind != task.KindDraw {
			continue
		}
		switch v := row.Value; v.Type() {
		case expr.Duration:
			drawn[row.Name] = append(drawn[row.Name], v.Duration().Seconds())
		case expr.Int:
			drawn[row.Name] = append(drawn[row.Name], float64(v.Int()))
		default:
			drawn[row.Name] = append(drawn[row.Name], 1)
			if v.Bool() {
				hits++
			}
		}
	}
	mean := func(name string) float64 {
		sum := 0.0
		for _, x := range drawn[name] {
			sum += x
		}
		require.Greater(t, len(drawn[name]), 100, name)
		return sum / float64(len(drawn[name]))
	}
	require.InDelta(t, 4, mean("vr"), 0.4)
	require.InDelta(t, 2, mean("vr_list"), 0.05)
	require.InDelta(t, 1./3, hits/float64(len(drawn["rr"])), 0.05)
	require.InDelta(t, 10, mean("vi"), 0.5)
	require.InDelta(t, 5, mean("ri"), 1)
	require.InDelta(t, 2, mean("vt"), 0.05)
	require.Equal(t, []string{"2", "5", "8", "11"}, values(r, "steps_required")[:4])
}

func TestApparatusAndPulsesKeepTheirTimes(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{
		{
			name: "each lick begins it again, and there is an end to waiting", kind: "quiescence", until: 2 * time.Second,
			inputs: `100 lick_in; 110 lick_out; 250 lick_in; 260 lick_out; 700 lick_in; 890 lick_in; 1000 lick_in; 1150 lick_in; 1300 lick_in; 1450 lick_in; 1540 lick_in; 1600 lick_in`,
			rows:   []task.Kind{task.KindState, task.KindOutcome}, want: `still@0 quiet@450 cue@450 still@550 restless@1550 cue@1550 still@1650 quiet@1850 cue@1850 still@1950`,
		},
		{
			name: "regular clicks", kind: "click_train", until: 99 * time.Millisecond, rows: stateDrive,
			want: `clicks@0 led_1=1@0 speaker=1 (ramp 0.2ms)@0 speaker=0@1 speaker=1 (ramp 0.2ms)@50 speaker=0@51`,
		},
		{
			name: "an event ends the clicks", kind: "click_train", until: 80 * time.Millisecond, inputs: `30 poke_1_in`, rows: stateDrive,
			want: `clicks@0 led_1=1@0 speaker=1 (ramp 0.2ms)@0 speaker=0@1 led_1=0@30 pause@30`,
		},
		{
			name: "the final valve is the onset", kind: "odour", until: 2 * time.Second, rows: stateDrive,
			want: `smell@0 valve_a=1@0 carrier=1@0 smell_on@500 final_valve=1@500 valve_a=0@1500 final_valve=0@1500 carrier=0@1500 plain@1500 valve_b=1@1500
				valve_b=0@1800 pause@1800`,
		},
		{name: "puff", kind: "air_puff", until: time.Second, rows: stateDrive, want: `puff@0 puff_valve=1@0 puff_valve=0@50 pause@50`},
		{
			name: "a train, one beside and a single pulse", kind: "pulse_train", until: 160 * time.Millisecond, rows: stateDrive,
			want: `train@0 led_1=1@0 laser=1@10 laser=0@15 laser=1@60 laser=0@65 beside@65 led_1=0@65 single@65 laser=1@65 camera=1@65 laser=0@66 camera=0@67 pause@67
				laser=1@85 laser=0@86 laser=1@105 laser=0@106`,
		},
		{
			name: "no pulses take no time", kind: "pulse_train", parameters: `{"pulses": 0}`, until: 20 * time.Millisecond, rows: stateRows,
			want: `train@0 beside@0 single@0 pause@2`,
		},
		{
			name: "a second try, taken, and then not taken", kind: "deliver_pellet", until: 9 * time.Second,
			inputs: `1100 beam_in; 1110 beam_out; 2000 magazine_in; 2100 magazine_out; 3200 beam_in; 3210 beam_out`, rows: []task.Kind{task.KindState, task.KindOutput, task.KindOutcome},
			want: `pellet@0 dispenser=1@0 dispenser=0@50 dispenser=1@1000 dispenser=0@1050 pellet_pellet@1100 taken@2000 rest@2000 pellet@3000 dispenser=1@3000 dispenser=0@3050
				pellet_pellet@3200 left@8200 blind@8200 dispenser=1@8200 dispenser=0@8250 rest@8250`,
		},
		{
			name: "a jam after all tries", kind: "deliver_pellet", until: 3 * time.Second, rows: stateRows, want: `pellet@0 broken@2000`,
		},
		{
			name: "out until it has arrived, back, and out again at once", kind: "lever", until: 2 * time.Second, inputs: `300 arrived_in`, rows: stateDrive,
			want: `go@0 lever=1@0 stay@300 back@1300 lever=0@1300 again@1500 lever=1@1500 stay@1500`,
		},
		{name: "stuck", kind: "door", until: 3 * time.Second, rows: stateDrive, want: `go@0 door=1@0 stuck@2000 door=0@2000`},
		{
			name: "position and back", kind: "servo", until: 2 * time.Second, inputs: `300 arrived_in`, rows: stateDrive,
			want: `go@0 servo=0.5@0 stay@300 back@1300 servo=0@1300 again@1500 servo=1@1500 stay@1500`,
		},
	})
}

func TestCountersTimersAndLevelsAreAnsweredAtTheirMoment(t *testing.T) {
	t.Parallel()
	traces(t, []kindTrace{
		{
			name: "the limit is reached from anywhere, once", kind: "counter", until: 5 * time.Second,
			inputs: `100 poke_1_in; 200 poke_2_in; 300 poke_2_in; 400 poke_1_in; 500 poke_2_in; 2000 poke_1_in; 2100 poke_1_in; 2200 poke_1_in; 2300 poke_1_in`,
			rows:   []task.Kind{task.KindState, task.KindPrint},
			want:   `work@0 work@100 work@400 pokes_reached@400 few@400 work@400 work@2000 work@2100 work@2200 work@2300`,
		},
		{name: "late", kind: "global_timer", until: time.Second, rows: stateRows, want: `begin@0 late@100 work@100 gone@600`},
		{
			name: "stopped", kind: "global_timer", until: time.Second, inputs: `500 poke_1_in`, rows: stateRows,
			want: `begin@0 late@100 work@100 begin@500 late@600 work@600`,
		},
		{
			name: "at the edge, at once, and not in time", kind: "condition", until: 2 * time.Second, inputs: `300 poke_1_in; 700 poke_1_out`, rows: stateRows,
			want: `up@0 down@300 rest@700 up@800 rest@1800 up@1900`,
		},
		{
			name: "the level is there already", kind: "condition", until: 400 * time.Millisecond, inputs: `0 poke_1_in; 100 poke_1_out; 150 poke_1_in; 350 poke_1_out`, rows: stateRows,
			want: `up@0 down@0 rest@100 up@200 down@200 rest@350`,
		},
		{
			name: "marks beside sync pulses", kind: "mark", until: 1100 * time.Millisecond,
			draws: `{"sync": ["150ms", "900ms", "200ms"]}`, rows: mostRows,
			want: `sync@0 sync=1@0 begin@0 trial 1@0 ttl=1@0 plain@0 no pulse@0 work@0 sync=0@5 ttl=0@10 sync=1@150 sync=0@155 done@1000 begin@1000 trial 2@1000
				ttl=1@1000 plain@1000 no pulse@1000 work@1000 ttl=0@1010 sync=1@1050 sync=0@1055`,
		},
	})
}
