package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// offline runs lics in this process, without a server to find.
func offline(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	nowhere := t.TempDir()
	env := func(name string) string {
		if name == "LICS_DATA_DIR" {
			return nowhere
		}
		return ""
	}
	code = run(context.Background(), args, env, strings.NewReader(""), &out, &errs)
	return out.String(), errs.String(), code
}

// trace dry-runs a template with inputs, given as lines of time and event.
func trace(t *testing.T, inputs, draws string, args ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var tsv strings.Builder
	for line := range strings.Lines(inputs) {
		if at, event, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			tsv.WriteString(at + "\t" + event + "\n")
		}
	}
	in, draw := filepath.Join(dir, "inputs.tsv"), filepath.Join(dir, "draws.json")
	require.NoError(t, os.WriteFile(in, []byte(tsv.String()), 0o600))
	require.NoError(t, os.WriteFile(draw, []byte(draws), 0o600))
	out, errs, code := offline(t, append([]string{"protocol", "dry-run", "--inputs", in, "--draws", draw}, args...)...)
	require.Equal(t, exitOK, code, errs)
	rows := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	for i, row := range rows {
		require.Equal(t, 2, strings.Count(row, "\t"), row)
		rows[i] = strings.ReplaceAll(row, "\t", " ")
	}
	return rows
}

// only keeps the rows of some kinds, or of one channel.
func only(rows []string, parts ...string) []string {
	var kept []string
	for _, row := range rows {
		if slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(row, " "+p) }) {
			kept = append(kept, row)
		}
	}
	return kept
}

// The published five-choice task, stage 5: every fact at its millisecond.
func TestTheFiveChoiceTaskComesOutAsPublished(t *testing.T) {
	t.Parallel()
	rows := trace(t, `
		1000 poke_6
		2500 poke_6_out
		3100 poke_3
		4000 poke_6
		5200 poke_6_out
		10900 poke_4
		31000 poke_2
		43500 poke_2
		43800 poke_2
		44500 poke_6
		45000 poke_6_out`,
		`{"target": [3, 1, 5, 2, 4]}`,
		"template:5csrtt", "--param", "stage=5", "--until", "50s")

	require.Equal(t, []string{
		"0 state start", "2500 state choice", "3100 state reward", "5200 state iti",
		"10200 state choice", "10900 state penalty", "15900 state iti",
		"20900 state choice", "24900 state penalty", "29900 state iti",
		"31000 state penalty", "36000 state iti",
		"41000 state choice", "43500 state reward", "45000 state iti", "50000 state choice",
	}, only(rows, "state "))
	require.Equal(t, []string{
		"3100 outcome correct", "10900 outcome incorrect", "24900 outcome omission", "31000 outcome premature", "43500 outcome correct",
	}, only(rows, "outcome "))
	require.Equal(t, []string{
		"2500 draw target=3", "10200 draw target=1", "20900 draw target=5", "41000 draw target=2", "50000 draw target=4",
	}, only(rows, "draw "))
	require.Equal(t, []string{
		"2500 output led_3=1", "3100 output led_3=0",
		"10200 output led_1=1", "10900 output led_1=0",
		"20900 output led_5=1", "22900 output led_5=0",
		"41000 output led_2=1", "43000 output led_2=0",
		"50000 output led_4=1",
	}, only(rows, "output led_1", "output led_2", "output led_3", "output led_4", "output led_5"))
	require.Equal(t, []string{
		"0 output led_6=1", "2500 output led_6=0", "3100 output led_6=1", "5200 output led_6=0", "43500 output led_6=1", "45000 output led_6=0",
	}, only(rows, "output led_6"))
	require.Equal(t, []string{
		"0 output pump=1", "50 output pump=0", "4000 output pump=1", "4050 output pump=0", "44500 output pump=1", "44550 output pump=0",
	}, only(rows, "output pump"))
	require.Equal(t, []string{"43800 print perseverative"}, only(rows, "print "))
	for _, row := range []string{"10900 output house_light=0", "15900 output house_light=1", "24900 output house_light=0", "29900 output house_light=1", "31000 output house_light=0", "36000 output house_light=1"} {
		require.Contains(t, rows, row)
	}
}

// The animal left the magazine before the light's two seconds were over; here
// it stays, and the light goes off by itself.
func TestTheMagazineLightGoesOffTwoSecondsAfterThePoke(t *testing.T) {
	t.Parallel()
	rows := trace(t, "1000 poke_6\n9000 poke_6_out", "{}", "template:5csrtt", "--param", "stage=5", "--until", "9s")
	require.Equal(t, []string{"0 output led_6=1", "3000 output led_6=0"}, only(rows, "output led_6"))
	require.Equal(t, []string{"0 state start", "9000 state choice"}, only(rows, "state "))
}

const leftTrial = `
	1000 Port2In
	1100 Port2Out
	1500 Port2In
	1900 Port2Out`

// Light2AFC of Bpod, a left trial with a valve time of 30 ms.
func TestTheTwoAlternativeTaskComesOutAsPublished(t *testing.T) {
	t.Parallel()
	rows := trace(t, leftTrial+"\n2400 Port1In\n3000 Port1Out\n3200 Port1In\n3600 Port1Out",
		`{"trial_type": ["left"]}`, "template:light-2afc", "--until", "4100ms")
	require.Equal(t, []string{
		"0 state WaitForPoke", "1000 state CueDelay", "1100 state WaitForPoke", "1500 state CueDelay",
		"1700 state WaitForPortOut", "1900 state WaitForResponse", "2400 state Reward", "2430 state Drinking",
		"3000 state DrinkingGrace", "3200 state Drinking", "3600 state DrinkingGrace", "4100 state end",
	}, only(rows, "state ")[:12])
	require.Equal(t, []string{
		"1700 output led_1=1", "2400 output led_1=0", "2400 output valve_1=1", "2430 output valve_1=0",
	}, only(rows, "output ")) // in particular no glitch of the light at 1900
	require.Equal(t, []string{"2400 outcome correct"}, only(rows, "outcome "))
}

func TestAWrongPortIsPunishedForThreeSeconds(t *testing.T) {
	t.Parallel()
	rows := trace(t, leftTrial+"\n2400 Port3In", `{"trial_type": ["left"]}`, "template:light-2afc", "--until", "5400ms")
	require.Subset(t, rows, []string{"1900 state WaitForResponse", "2400 outcome incorrect", "2400 state Punish", "5400 state end"})
	require.Empty(t, only(rows, "output valve"))
}

func TestNoResponseEndsTheTrialAfterFiveSeconds(t *testing.T) {
	t.Parallel()
	rows := trace(t, leftTrial, `{"trial_type": ["left"]}`, "template:light-2afc", "--until", "6900ms")
	require.Subset(t, rows, []string{"1900 state WaitForResponse", "6900 output led_1=0", "6900 state end"})
}

func TestEveryTemplateRunsTwiceWithTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"5csrtt", "fixed-ratio", "light-2afc"} {
		args := []string{"protocol", "dry-run", "template:" + name, "--seed", "42", "--until", "5min"}
		first, said, code := offline(t, args...)
		require.Equal(t, exitOK, code, said)
		again, _, _ := offline(t, args...)
		require.Equal(t, first, again, name)
		require.Contains(t, first, "\toutcome\t", name) // the animal does play
		require.Contains(t, said, "seed 42")
	}
}

func TestAReaderThatWentAwayEndsADryRunQuietly(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, r.Close())
	defer w.Close()
	var errs bytes.Buffer
	code := run(t.Context(), []string{"protocol", "dry-run", "template:5csrtt", "--until", "30min"},
		func(string) string { return "" }, strings.NewReader(""), w, &errs)
	require.Equal(t, exitOK, code)
	require.Empty(t, errs.String())
}
