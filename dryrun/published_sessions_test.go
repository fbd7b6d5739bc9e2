package dryrun_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/task"
)

// That a trial begins every 100 s is the point of the design of Evenden & Ryan
// 1996: the choice changes the delay of a reward and not how many there are.
func TestDelayDiscountingBeginsATrialEvery100SecondsWhateverIsChosen(t *testing.T) {
	t.Parallel()
	p := compiled(t, "delay-discounting")
	animals := map[string]sim.AnimalConfig{
		"well trained": {},
		"asleep":       {Accuracy: 0.5, Reaction: time.Minute, Initiation: 0.01, Poke: time.Second, Hold: time.Second, Laziness: 0.9},
		"restless":     {Accuracy: 0.5, Reaction: 100 * time.Millisecond, Initiation: 60, Poke: 100 * time.Millisecond, Hold: 100 * time.Millisecond, Impulsivity: 60},
	}
	for name, animal := range animals {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := dryrun.Run(t.Context(), p, dryrun.Options{Animal: animal, Seed: 5})
			require.NoError(t, err)
			require.Equal(t, "completed", r.Outcome, r.Error)
			require.Len(t, r.Trials, 60)
			for i, trial := range r.Trials {
				require.Equal(t, time.Duration(i)*100*time.Second, trial.Start)
			}
			require.Equal(t, 6000*time.Second, r.Duration)
		})
	}
}

func TestDelayDiscountingGivesOnePelletAtOnceOrFourAfterTheDelayOfTheBlock(t *testing.T) {
	t.Parallel()
	delays := []time.Duration{0, 10 * time.Second, 20 * time.Second, 40 * time.Second, 60 * time.Second}
	for _, small := range []string{"left", "right"} {
		t.Run(small, func(t *testing.T) {
			t.Parallel()
			lever := map[bool]string{true: "lever_1", false: "lever_2"}
			// Blocks of two have only their forced trials: small, then large.
			var in []dryrun.Input
			var pellets, levers []string
			var draws []json.RawMessage
			for block, delay := range delays {
				draws = append(draws, json.RawMessage(`"small"`))
				for i := range 2 {
					onset := time.Duration(2*block+i) * 100 * time.Second
					press := onset + 2*time.Second
					right := lever[(i == 0) == (small == "left")]
					wrong := lever[(i == 0) != (small == "left")]
					in = append(in, dryrun.Input{At: onset + time.Second, Event: "magazine_in"}, dryrun.Input{At: onset + 1100*time.Millisecond, Event: "magazine_out"},
						dryrun.Input{At: press - 500*time.Millisecond, Event: wrong + "_in"}, dryrun.Input{At: press - 400*time.Millisecond, Event: wrong + "_out"},
						dryrun.Input{At: press, Event: right + "_in"}, dryrun.Input{At: press + 100*time.Millisecond, Event: right + "_out"})
					levers = append(levers, fmt.Sprintf("%s_out=1@%d", right, (onset+time.Second).Milliseconds()))
					n, first := 1, press
					if i == 1 {
						n, first = 4, press+delay
					}
					for k := range n {
						pellets = append(pellets, fmt.Sprintf("pellet=1@%d", (first+time.Duration(k)*time.Second).Milliseconds()))
					}
				}
			}
			r, err := dryrun.Run(t.Context(), compiled(t, "delay-discounting"), dryrun.Options{
				Parameters: raw(fmt.Sprintf(`{"block": 2, "small_side": %q}`, small)), Inputs: in, Draws: map[string][]json.RawMessage{"forced_first": draws},
			})
			require.NoError(t, err)
			require.Empty(t, r.Error)
			require.Equal(t, map[string]int{"small": 5, "large": 5}, r.Outcomes)
			var gotPellets, gotLevers []string
			for _, o := range facts(r, task.KindOutput) {
				switch {
				case strings.HasPrefix(o, "pellet=1"):
					gotPellets = append(gotPellets, o)
				case strings.HasPrefix(o, "lever_") && strings.Contains(o, "=1@"):
					gotLevers = append(gotLevers, o)
				}
			}
			require.Equal(t, pellets, gotPellets)
			require.Equal(t, levers, gotLevers, "in a forced trial one lever comes out")
		})
	}
}

func TestOpenFieldLastsTwentyMinutesInBinsOfFive(t *testing.T) {
	t.Parallel()
	r, err := dryrun.Run(t.Context(), compiled(t, "open-field"), dryrun.Options{
		Inputs: inputs(t, "1000 beam_1_in; 1200 beam_1_out; 299000 beam_2_in; 300000 beam_2_out; 301000 beam_1_in; 302000 beam_1_out; 1199000 beam_1_in"),
	})
	require.NoError(t, err)
	require.Equal(t, "completed", r.Outcome, r.Error)
	require.Equal(t, strings.Fields("bin@0 bin@300000 bin@600000 bin@900000 over@1200000"), facts(r, task.KindState))
	require.Equal(t, strings.Fields("camera=1@0 camera=0@1200000"), facts(r, task.KindOutput), "the video has exactly the time of the task")
	require.Equal(t, []string{"bin 1: 2 crossings@300000", "bin 2: 1 crossings@600000", "bin 3: 0 crossings@900000", "bin 4: 1 crossings@1200000"}, facts(r, task.KindPrint))
	require.Equal(t, []string{"4"}, values(r, "all_crossings"))
}

// In the night to 29 March 2026 the clocks of Zurich go from 02:00 to 03:00.
func TestHomeCageFollowsTheClockOfTheTimeZoneForAWeekWithASummerTimeChange(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Zurich")
	require.NoError(t, err)
	began := time.Date(2026, time.March, 26, 12, 0, 0, 0, zone)
	var opened []string
	pellets, pokes, idle := 0, 0, 0
	r, err := dryrun.Run(t.Context(), compiled(t, "home-cage"), dryrun.Options{
		Parameters: raw(`{"zone": "Europe/Zurich", "ratio": 5}`), Began: began, Seed: 2,
		Animal: sim.AnimalConfig{Accuracy: 0.9, Reaction: time.Second, Poke: 250 * time.Millisecond, Hold: 300 * time.Millisecond, Initiation: 1, Impulsivity: 0.2},
		Row: func(row dryrun.Row) {
			at := began.Add(row.At).In(zone)
			clock := at.Hour()
			switch {
			case row.Node == "feeding" && row.Kind == task.KindState && row.Trial == 1 && row.Name == "respond":
				opened = append(opened, at.Format("Mon 15:04:05.000"))
			case row.Kind == task.KindOutput && row.Text() == "pellet=1":
				pellets++
				require.GreaterOrEqual(t, clock, 7, at)
				require.Less(t, clock, 19, at)
			case row.Kind == task.KindEvent && row.Name == "poke_1_in":
				pokes++
				if clock < 7 || clock >= 19 {
					idle++
				}
			}
		},
	})
	require.NoError(t, err)
	require.Equal(t, "completed", r.Outcome, r.Error)
	require.Equal(t, strings.Split("Fri 07:00:00.000,Sat 07:00:00.000,Sun 07:00:00.000,Mon 07:00:00.000,Tue 07:00:00.000,Wed 07:00:00.000,Thu 07:00:00.000", ","), opened)
	require.Equal(t, time.Date(2026, time.April, 2, 19, 0, 0, 0, zone), began.Add(r.Duration).In(zone))
	require.Greater(t, pellets, 7*100)
	require.Greater(t, idle, 1000, "pokes are recorded when they earn nothing, too")
	require.GreaterOrEqual(t, pokes-idle, 5*pellets)
}

func TestHomeCageAsksAPersonWhenNoPelletWasEarnedForSixHours(t *testing.T) {
	t.Parallel()
	// The run begins at midnight, the feeding time at 07:00; the only pellet is earned at 08:00.
	r, err := dryrun.Run(t.Context(), compiled(t, "home-cage"), dryrun.Options{
		Parameters: raw(`{"days": 1}`), Inputs: inputs(t, "28800000 poke_1_in; 28800200 poke_1_out"),
	})
	require.NoError(t, err)
	require.Equal(t, "completed", r.Outcome, r.Error)
	var asked []time.Duration
	for _, row := range r.Rows {
		if row.Node == "look" {
			asked = append(asked, row.At)
		}
	}
	require.Equal(t, []time.Duration{14 * time.Hour}, asked)
}

func TestTrainingChoiceWorldGivesItsPublishedTimes(t *testing.T) {
	t.Parallel()
	list := func(s string) (out []json.RawMessage) {
		for v := range strings.FieldsSeq(s) {
			out = append(out, json.RawMessage(v))
		}
		return out
	}
	// A correct answer after the wheel moved once; a wrong one; the repeat of
	// its contrast, without an answer.
	r, err := dryrun.Run(t.Context(), compiled(t, "ibl-training"), dryrun.Options{
		Draws: map[string][]json.RawMessage{
			"contrast": list("1.0 0.5 0.5"), "side": list(`"left" "right" "left"`), "still": list(`"250ms" "250ms" "250ms" "250ms"`), "debias": list("0.7"),
		},
		Inputs: inputs(t, "100 wheel_moved_in; 120 wheel_moved_out; 1000 wheel_left_in; 1100 wheel_left_out; 4000 wheel_left_in; 4100 wheel_left_out"),
		Until:  69 * time.Second,
	})
	require.NoError(t, err)
	require.Empty(t, r.Error)
	require.Equal(t, strings.Fields(`begin@0 quiescence@0 quiescence@100 respond@550 correct@1000 pause@2000
		begin@2500 quiescence@2500 respond@2950 error@4000 pause@6000
		begin@6500 quiescence@6500 respond@6950 no_answer@66950 pause@68950`), facts(r, task.KindState))
	require.ElementsMatch(t, strings.Fields(`stimulus_left=1@550 tone=1@550 tone=0@650 valve=1@1000 valve=0@1030 stimulus_left=0@2000
		stimulus_right=0.5@2950 tone=1@2950 tone=0@3050 noise=1@4000 noise=0@4500 stimulus_right=0@6000
		stimulus_left=0.5@6950 tone=1@6950 tone=0@7050 stimulus_left=0@66950 noise=1@66950 noise=0@67450`), facts(r, task.KindOutput))
	require.Equal(t, []string{"left", "right", "left"}, values(r, "side"), "a preferred side comes less often: 0.7 is the left one")
}

// The windows and the phases are computed again from the recorded answers, with
// lists where the drawn task has the bits of a number.
func TestTrainingChoiceWorldChangesPhaseByTheLastFiftyAnswers(t *testing.T) {
	t.Parallel()
	r, err := dryrun.Run(t.Context(), compiled(t, "ibl-training"), dryrun.Options{
		Parameters: raw(`{"session": "240h", "max_trials": 3000}`), Seed: 4,
		Animal: sim.AnimalConfig{Accuracy: 0.88, Reaction: 500 * time.Millisecond, ReactionSigma: 0.3, Poke: 200 * time.Millisecond, Hold: 300 * time.Millisecond},
	})
	require.NoError(t, err)
	require.Equal(t, "completed", r.Outcome, r.Error)

	windows := map[float64][]bool{}
	good := func(contrasts ...float64) bool {
		for _, c := range contrasts {
			hits := 0
			for _, hit := range windows[c] {
				if hit {
					hits++
				}
			}
			if len(windows[c]) < 50 || hits <= 40 {
				return false
			}
		}
		return true
	}
	phase, inPhase, contrast, outcome := 0, 0, 0.0, ""
	var want, got []string
	for _, row := range r.Rows {
		switch {
		case row.Kind == task.KindVariable && row.Name == "contrast":
			contrast, err = strconv.ParseFloat(row.Value.String(), 64)
			require.NoError(t, err)
		case row.Kind == task.KindOutcome:
			outcome = row.Name
		case row.Kind == task.KindPrint:
			got = append(got, fmt.Sprintf("%s@%d", row.Text(), row.Trial))
		case row.Kind == task.KindState && row.Name == "pause":
			windows[contrast] = append(windows[contrast], outcome == "correct")
			windows[contrast] = windows[contrast][max(0, len(windows[contrast])-50):]
			inPhase++
			if phase == 0 && good(1, 0.5) || phase == 1 && good(1, 0.5, 0.25) || phase > 1 && phase < 5 && inPhase >= 200 {
				phase, inPhase = phase+1, 0
				want = append(want, fmt.Sprintf("phase %d@%d", phase, row.Trial))
			}
		}
	}
	require.Len(t, want, 5, "the animal comes to the last phase")
	require.Equal(t, want, got)
}
