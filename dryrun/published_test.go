package dryrun_test

import (
	"fmt"
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
