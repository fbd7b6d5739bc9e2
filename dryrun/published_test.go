package dryrun_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/task"
)

// played runs a template with the simulated animal to its end.
func played(t *testing.T, name, parameters string) dryrun.Result {
	t.Helper()
	r, err := dryrun.Run(t.Context(), compiled(t, name), dryrun.Options{Parameters: raw(parameters), Seed: 1})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, "end", r.Ended)
	require.NotEmpty(t, r.Outcomes, "the simulated animal does the task")
	require.Greater(t, len(r.Trials), 5)
	return r
}

// values are what a variable became, in order.
func values(r dryrun.Result, name string) []string {
	var out []string
	for _, row := range r.Rows {
		if row.Kind == task.KindVariable && row.Name == name {
			out = append(out, row.Value.String())
		}
	}
	return out
}

// pokes are n visits to a channel, one each 600 ms, which is longer than the
// reward takes.
func pokes(from time.Duration, channel string, n int) (in []dryrun.Input, next time.Duration) {
	for range n {
		in = append(in, dryrun.Input{At: from, Event: channel + "_in"}, dryrun.Input{At: from + 100*time.Millisecond, Event: channel + "_out"})
		from += 600 * time.Millisecond
	}
	return in, from
}

// The list is that of Richardson & Roberts 1996.
func TestProgressiveRatioGivesThePublishedRatiosAndBreakPoint(t *testing.T) {
	t.Parallel()
	published := strings.Fields("1 2 4 6 9 12 15 20 25 32 40 50 62 77 95 118 145 178 219 268 328 402 492 603")
	in := []dryrun.Input{}
	at := time.Second
	var rewards []string
	for _, ratio := range published {
		n, err := strconv.Atoi(ratio)
		require.NoError(t, err)
		inactive, next := pokes(at, "poke_2", 1)
		active, end := pokes(next, "poke_1", n)
		in, at = append(append(in, inactive...), active...), end
		rewards = append(rewards, fmt.Sprintf("pellet=1@%d", (end-600*time.Millisecond+200*time.Millisecond).Milliseconds()))
	}
	r, err := dryrun.Run(t.Context(), compiled(t, "progressive-ratio"), dryrun.Options{Inputs: in})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, published, values(r, "ratio")[:len(published)])
	require.Equal(t, published, values(r, "completed"))
	require.Len(t, values(r, "inactive"), len(published), "inactive pokes are counted and do nothing else")

	var pellets []string
	for _, o := range facts(r, task.KindOutput) {
		if strings.HasPrefix(o, "pellet=1@") {
			pellets = append(pellets, o)
		}
	}
	require.Equal(t, rewards, pellets, "one pellet 0.2 s after each completed ratio")

	last := at - 600*time.Millisecond + 250*time.Millisecond // the end of the last pellet
	require.Equal(t, "break point", r.Outcome)
	require.Equal(t, []string{"603"}, values(r, "break_point"))
	require.Equal(t, last+30*time.Minute, r.Duration)
	require.Equal(t, map[string]int{"rewarded": len(published), "break_point": 1}, r.Outcomes)
}

func TestProgressiveRatioRewardsWithToneAndLightThenOnePellet(t *testing.T) {
	t.Parallel()
	// The poke at 1100 falls into the reward; the two that follow are the second ratio.
	r, err := dryrun.Run(t.Context(), compiled(t, "progressive-ratio"), dryrun.Options{
		Parameters: raw(`{"criterion": "10s"}`),
		Inputs: inputs(t, `1000 poke_1_in; 1050 poke_1_out; 1100 poke_1_in; 1150 poke_1_out; 1500 poke_2_in; 1600 poke_2_out;
			2000 poke_1_in; 2100 poke_1_out; 3000 poke_1_in; 3100 poke_1_out; 9000 poke_1_in`),
	})
	require.NoError(t, err)
	require.Equal(t, strings.Fields(`respond@0 cue@1000 deliver@1200 respond@1250 cue@3000 deliver@3200 respond@3250 break_point@13250`), facts(r, task.KindState))
	require.ElementsMatch(t, strings.Fields(`tone=1@1000 cue_light=1@1000 tone=0@1200 cue_light=0@1200 pellet=1@1200 pellet=0@1250
		tone=1@3000 cue_light=1@3000 tone=0@3200 cue_light=0@3200 pellet=1@3200 pellet=0@3250`), facts(r, task.KindOutput))
	require.Equal(t, []string{"2"}, values(r, "break_point"))
}

func TestProgressiveRatioInAClosedEconomyAddsOneAndStartsAgainAfterAPause(t *testing.T) {
	t.Parallel()
	in := []dryrun.Input{}
	first, at := pokes(time.Second, "poke_1", 1+2+3+1) // the last begins the fourth ratio
	second, _ := pokes(at+1800*time.Second, "poke_1", 1+2)
	r, err := dryrun.Run(t.Context(), compiled(t, "progressive-ratio"), dryrun.Options{
		Parameters: raw(`{"closed_economy": true, "session": "72h"}`), Inputs: append(append(in, first...), second...),
	})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, "completed", r.Outcome, "a closed economy has no break point")
	require.Equal(t, 72*time.Hour, r.Duration)
	require.Equal(t, strings.Fields("1 2 3 4 1 2 3 1"), values(r, "ratio"))
	require.Equal(t, []string{
		fmt.Sprintf("ratio reset@%d", (at - 600*time.Millisecond + 1800*time.Second).Milliseconds()),
		fmt.Sprintf("ratio reset@%d", (at + 1200*time.Millisecond + 3600*time.Second).Milliseconds()),
	}, facts(r, task.KindPrint))
}

func TestProgressiveRatioIsPlayedToItsEnd(t *testing.T) {
	t.Parallel()
	require.Equal(t, "break point", played(t, "progressive-ratio", `{}`).Outcome)
	require.Equal(t, "completed", played(t, "progressive-ratio", `{"closed_economy": true, "session": "24h"}`).Outcome)
}

// The times are those of the object detection task of Akam et al. 2022: 58 ms,
// 600 ms, 1 s, 50 ms, at most 2.5 s, and an interval of 5 s.
func TestGoNoGoGivesItsPublishedTimes(t *testing.T) {
	t.Parallel()
	draws := map[string][]json.RawMessage{}
	for kind := range strings.FieldsSeq("go go no_go no_go go no_go") {
		draws["trial_type"] = append(draws["trial_type"], json.RawMessage(strconv.Quote(kind)))
	}
	r, err := dryrun.Run(t.Context(), compiled(t, "go-no-go"), dryrun.Options{
		Draws: draws,
		Inputs: inputs(t, `500 lick_in; 510 lick_out; 2000 lick_in; 2020 lick_out; 2050 lick_in; 2070 lick_out;
			19000 lick_in; 19020 lick_out; 44000 lick_in; 44020 lick_out; 50980 lick_in; 51000 lick_out`),
		Until: 56 * time.Second,
	})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, strings.Fields(`
		pole@0 stage@58 stimulus@658 delay@1658 response@1708 reward_delay@2000 reward@2100 iti@2280
		pole@7280 stage@7338 stimulus@7938 delay@8938 response@8988 iti@11488
		pole@16488 stage@16546 stimulus@17146 delay@18146 response@18196 time_out@19000 iti@29000
		pole@34000 stage@34058 stimulus@34658 delay@35658 response@35708 iti@38208
		pole@43208 stage@43266 stimulus@43866 premature@44000 iti@44300
		pole@49300 stage@49358 stimulus@49958 delay@50958 premature@50980 iti@51280`), facts(r, task.KindState))
	require.Equal(t, strings.Fields(`hit@2000 miss@11488 false_alarm@19000 correct_rejection@38208 premature@44000 premature@50980`),
		facts(r, task.KindOutcome))
	var pole, stage, valve []string
	for _, o := range facts(r, task.KindOutput) {
		switch name, _, _ := strings.Cut(o, "="); name {
		case "pole":
			pole = append(pole, o)
		case "stage":
			stage = append(stage, o)
		case "valve":
			valve = append(valve, o)
		}
	}
	require.Equal(t, strings.Fields(`pole=1@0 pole=0@2280 pole=1@7280 pole=0@11488 pole=1@43208 pole=0@44300`), pole, "only on go trials, without a gap")
	require.Equal(t, strings.Fields(`stage=1@58 stage=0@1658 stage=1@7338 stage=0@8938 stage=1@16546 stage=0@18146
		stage=1@34058 stage=0@35658 stage=1@43266 stage=0@44000 stage=1@49358 stage=0@50958`), stage)
	require.Equal(t, strings.Fields(`valve=1@2100 valve=0@2280`), valve)
}

func TestGoNoGoNeverGivesFourOfAKindInARow(t *testing.T) {
	t.Parallel()
	const trials = 10_000
	p := compiled(t, "go-no-go")
	for seed := range int64(2) {
		var kinds []string
		r, err := dryrun.Run(t.Context(), p, dryrun.Options{
			Seed: seed, Parameters: raw(fmt.Sprintf(`{"max_trials": %d, "session": "72h"}`, trials)),
			Row: func(row dryrun.Row) {
				if row.Kind == task.KindDraw && row.Name == "trial_type" {
					kinds = append(kinds, row.Value.String())
				}
			},
		})
		require.NoError(t, err)
		require.Equal(t, "end", r.Ended, r.Error)
		require.Len(t, kinds, trials)
		goes, run, longest := 0, 0, 0
		for i, kind := range kinds {
			if kind == "go" {
				goes++
			}
			if i > 0 && kind == kinds[i-1] {
				run++
			} else {
				run = 1
			}
			longest = max(longest, run)
		}
		require.Equal(t, 3, longest)
		require.InDelta(t, 0.5, float64(goes)/trials, 0.02)
	}
}

func TestGoNoGoIsPlayedToItsEnd(t *testing.T) {
	t.Parallel()
	r := played(t, "go-no-go", `{}`)
	for _, outcome := range []string{"hit", "miss", "false_alarm", "correct_rejection", "premature"} {
		require.Positive(t, r.Outcomes[outcome], outcome)
	}
}

// sides makes one trial every 3 s: the centre, then a side.
func sides(chosen ...string) []dryrun.Input {
	in := []dryrun.Input{}
	port := map[string]string{"left": "port_1", "right": "port_3"}
	for i, side := range chosen {
		at := time.Duration(i)*3*time.Second + 500*time.Millisecond
		for _, p := range []string{"port_2", port[side]} {
			in = append(in, dryrun.Input{At: at, Event: p + "_in"}, dryrun.Input{At: at + 100*time.Millisecond, Event: p + "_out"})
			at += 500 * time.Millisecond
		}
	}
	return in
}

func TestProbabilisticReversalGivesItsPublishedTimes(t *testing.T) {
	t.Parallel()
	r, err := dryrun.Run(t.Context(), compiled(t, "probabilistic-reversal"), dryrun.Options{
		Parameters: raw(`{"first_side": "left"}`),
		Draws:      map[string][]json.RawMessage{"rewarded": {json.RawMessage("true"), json.RawMessage("false")}},
		Inputs:     sides("left", "right"), Until: 6 * time.Second,
	})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, strings.Fields(`begin@0 init@0 choice@500 outcome@1000 reward@1000 iti@1100 init@2100
		choice@3500 outcome@4000 iti@4000 init@5000`), facts(r, task.KindState))
	require.Equal(t, strings.Fields(`rewarded@1000 unrewarded@4000`), facts(r, task.KindOutcome))
	require.ElementsMatch(t, strings.Fields(`led_2=1@0 led_2=0@500 led_1=1@500 led_3=1@500 led_1=0@1000 led_3=0@1000 valve_1=1@1000 valve_1=0@1100
		led_2=1@2100 led_2=0@3500 led_1=1@3500 led_3=1@3500 led_1=0@4000 led_3=0@4000 led_2=1@5000`), facts(r, task.KindOutput))
}

func TestProbabilisticReversalFollowsTheMovingAverage(t *testing.T) {
	t.Parallel()
	const k = 7
	var chosen []string
	for range 6 + k + 1 {
		chosen = append(chosen, "left")
	}
	r, err := dryrun.Run(t.Context(), compiled(t, "probabilistic-reversal"), dryrun.Options{
		Parameters: raw(fmt.Sprintf(`{"first_side": "left", "max_trials": %d}`, len(chosen))),
		Draws:      map[string][]json.RawMessage{"until_swap": {json.RawMessage(strconv.Itoa(k))}},
		Inputs:     sides(chosen...),
	})
	require.NoError(t, err)
	require.Equal(t, "end", r.Ended, r.Error)
	var average []float64
	for _, v := range values(r, "average") {
		f, err := strconv.ParseFloat(v, 64)
		require.NoError(t, err)
		average = append(average, f)
	}
	require.InDeltaSlice(t, []float64{.55875, .61060, .65636, .69673, .73237, .76382}, average[:6], 1e-5)
	m := math.Exp(-1. / 8)
	require.InDelta(t, 1-average[5+k], average[6+k], 1e-12, "the average of the swap")
	require.InDelta(t, average[6+k]*m, average[7+k], 1e-12, "left is the other side now")
	require.Equal(t, strings.Fields("7 6 5 4 3 2 1 0"), values(r, "until_swap"))
	require.Equal(t, []string{"1"}, values(r, "blocks"))
	require.Equal(t, []string{"right"}, values(r, "good"))
}

// An animal that changes its mind before the swap is already on the good side
// after it: the threshold is asked again from the next trial on.
func TestProbabilisticReversalAsksTheThresholdFromTheTrialAfterTheSwap(t *testing.T) {
	t.Parallel()
	var chosen []string
	for i := range 6 + 15 + 2 {
		chosen = append(chosen, "left")
		if i >= 6 {
			chosen[i] = "right"
		}
	}
	r, err := dryrun.Run(t.Context(), compiled(t, "probabilistic-reversal"), dryrun.Options{
		Parameters: raw(fmt.Sprintf(`{"first_side": "left", "swap_min": 15, "max_trials": %d}`, len(chosen))),
		Inputs:     sides(chosen...),
	})
	require.NoError(t, err)
	require.Equal(t, "end", r.Ended, r.Error)
	var drawn, swapped []int32
	for _, row := range r.Rows {
		switch {
		case row.Kind == task.KindDraw && row.Name == "until_swap":
			drawn = append(drawn, row.Trial)
		case row.Kind == task.KindVariable && row.Name == "blocks":
			swapped = append(swapped, row.Trial)
		}
	}
	require.Equal(t, []int32{6, 22}, drawn)
	require.Equal(t, []int32{21}, swapped)
}

// The animal's choices are replayed by the rule as it is published.
func TestProbabilisticReversalSwapsTheSidesSoManyTrialsAfterTheThreshold(t *testing.T) {
	t.Parallel()
	r := played(t, "probabilistic-reversal", `{"first_side": "right", "max_trials": 2000, "session": "24h"}`)
	m := math.Exp(-1. / 8)
	other := map[string]string{"left": "right", "right": "left"}
	v, good, chosen := 0.5, "right", ""
	crossed, k, swaps := int32(0), int32(0), 0
	goodNow, average := "left", 0.5 // as recorded
	swapped := int32(0)
	rewarded, visits := map[bool]float64{}, map[bool]float64{}
	for _, row := range r.Rows {
		text := row.Value.String()
		switch {
		case row.Kind == task.KindVariable && row.Name == "chosen":
			chosen = text
		case row.Kind == task.KindVariable && row.Name == "good":
			goodNow = text
		case row.Kind == task.KindVariable && row.Name == "average":
			average = row.Value.Float()
		case row.Kind == task.KindDraw && row.Name == "rewarded":
			x := 0.0
			if chosen == good {
				x = 1
			}
			visits[chosen == good]++
			if row.Value.Bool() {
				rewarded[chosen == good]++
			}
			v = v*m + (1-m)*x
			if crossed > 0 && row.Trial == crossed+k {
				good, v, crossed, swapped = other[good], 1-v, 0, row.Trial
				swaps++
			}
		case row.Kind == task.KindDraw && row.Name == "until_swap":
			require.Zero(t, crossed, "one draw in each block")
			require.Greater(t, v, 0.75)
			crossed, k = row.Trial, int32(row.Value.Int())
			require.GreaterOrEqual(t, k, int32(5))
			require.LessOrEqual(t, k, int32(15))
		case row.Kind == task.KindState && row.Name == "iti":
			require.InDelta(t, v, average, 1e-9, "trial %d", row.Trial)
			require.Equal(t, good, goodNow, "trial %d", row.Trial)
			require.False(t, crossed == 0 && v > 0.75 && row.Trial != swapped, "trial %d", row.Trial)
		}
	}
	require.Greater(t, swaps, 5)
	blocks := values(r, "blocks")
	require.Equal(t, strconv.Itoa(swaps), blocks[len(blocks)-1])
	require.InDelta(t, 0.8, rewarded[true]/visits[true], 0.05)
	require.InDelta(t, 0.2, rewarded[false]/visits[false], 0.05)
}

func TestProbabilisticReversalIsPlayedToItsEnd(t *testing.T) {
	t.Parallel()
	require.Equal(t, "completed", played(t, "probabilistic-reversal", `{}`).Outcome)
}
