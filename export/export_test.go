package export_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/lab"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

var began = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

func run() export.Run {
	ended, born := began.Add(20*time.Second), began.AddDate(0, 0, -90)
	return export.Run{
		Run: lab.Run{
			ID: "0190aaaa-0000-7000-8000-000000000001", ProtocolName: "lever", Status: lab.RunCompleted, Outcome: "done",
			Seed: 7, StartedBy: "ada", CreatedAt: began, StartedAt: &began, EndedAt: &ended,
			Parameters: json.RawMessage("{\n  \"reward\": \"3µl\"\n}"), Bindings: json.RawMessage(`[{"role":"box","device":"rig-1"}]`),
		},
		Version: lab.ProtocolVersion{
			ID: "v2", Number: 2, Hash: "abc", Document: json.RawMessage(`{"kind": "lics.protocol", "name": "lever"}`), CreatedAt: began.Add(-time.Hour), CreatedBy: "ada",
		},
		Subject:    &lab.Subject{ID: "s1", Name: "m1", Species: "Mus musculus", Sex: "female", BornOn: &born, Cohort: "A"},
		Experiment: &lab.Experiment{ID: "e1", Name: "pilot", Description: "Do they press?"},
		Weight:     &lab.Weight{Grams: 24.5, At: began.Add(-time.Hour)},
		Boxes: []export.Box{{
			Binding: lab.Binding{
				Role: "box", Device: "rig-1", Rig: "hash", Agent: "1.2.3",
				Calibrations: map[string]json.RawMessage{"valve": json.RawMessage(`{"id":"c1","points":[]}`)},
			},
			Rig: json.RawMessage(`{"name":"lever box","hash":"hash","channels":[]}`),
		}},
		Exporter: "1.0.0",
		Notes:    []lab.Note{{At: began.Add(2500 * time.Millisecond), By: "ada", Text: "=restless"}},
	}
}

// stored is a record in memory.
type stored []lab.StreamEvent

func (s stored) RunStream(_ context.Context, _ string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	var out []lab.StreamEvent
	for _, e := range s {
		if len(out) < limit && !after.Includes(e) {
			after = after.After(e)
			e.Position = after
			out = append(out, e)
		}
	}
	return out, nil
}

func row(seq int64, t time.Duration, kind, name, value string) lab.StreamEvent {
	r := &lab.DeviceRow{
		Device: "rig-1", Boot: "b1", Seq: seq, Command: "c1", Node: "task", At: began.Add(2*time.Second + t), T: t,
		Kind: kind, Name: name, Trial: 1,
	}
	if value != "" {
		r.Value = json.RawMessage(value)
	}
	return lab.StreamEvent{Row: r}
}

func record() stored {
	tone := row(10, 6500*time.Millisecond, "output", "tone", "0.5")
	tone.Row.Ramp, tone.Row.Frequency = 5*time.Millisecond, 4000.5
	late := row(11, 7*time.Second, "end", "done", `"end"`)
	late.Row.At = late.Row.At.Add(time.Hour) // somebody set the device's clock
	return stored{
		{Event: &lab.RunEvent{Seq: 1, Pos: 1, At: began.Add(time.Second), Kind: "step_started", Node: "task", Body: json.RawMessage(`{"visit":"1"}`)}},
		row(1, 0, "trial", "", ""),
		row(2, 0, "state", "wait", ""),
		row(3, 1234567*time.Microsecond, "event", "lever_in", ""),
		row(4, 1234567*time.Microsecond, "output", "valve", "1"),
		row(5, 1500*time.Millisecond, "print", "", `"a tab\tand a\nline"`),
		row(6, 1500*time.Millisecond, "variable", "presses", "1"),
		row(7, 1500*time.Millisecond, "draw", "side", `"left"`),
		row(8, 2*time.Second, "outcome", "correct", ""),
		{Event: &lab.RunEvent{Seq: 2, Pos: 2, At: began.Add(4 * time.Second), Kind: "variable", Name: "level", Body: json.RawMessage(`{"visit":"1","value":3}`)}},
		row(9, 6*time.Second, "warning", "overrun", `"=cmd()"`),
		tone,
		late,
	}
}

func TestEveryFormatIsAsItsFileShows(t *testing.T) {
	t.Parallel()
	for _, f := range []export.Format{export.TSV, export.CSV, export.JSON} {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			require.NoError(t, export.Write(t.Context(), &b, f, export.Events, run(), record()))
			file := "testdata/lever" + f.Extension()
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(b.String()), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), b.String())
		})
	}
}

func TestTSVHasTheColumnsAndTypesOfPyControl(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, export.Write(t.Context(), &b, export.TSV, export.Events, run(), record()))
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	require.Equal(t, "time\ttype\tsubtype\tcontent", lines[0])
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		require.Len(t, cells, 4, line)
		require.Regexp(t, `^-?\d+\.\d{3}$`, cells[0])
		require.Contains(t, []string{"info", "state", "event", "print", "variable", "warning"}, cells[1], line)
	}
}

func TestAClockThatIsSetDoesNotMoveTheRowsOfATask(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.NoError(t, export.Write(t.Context(), &b, export.TSV, export.Events, run(), record()))
	require.Contains(t, b.String(), "9.000\tevent\tend\tdone end\n")
}

func TestALongRecordIsReadPageByPage(t *testing.T) {
	t.Parallel()
	var long stored
	for i := range 2500 {
		long = append(long, row(int64(i+1), time.Duration(i)*time.Millisecond, "state", "s", ""))
	}
	var b strings.Builder
	require.NoError(t, export.Write(t.Context(), &b, export.JSON, export.Events, run(), long))
	require.Equal(t, 1+2500+1, strings.Count(b.String(), "\n"))
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) RunStream(context.Context, string, lab.Position, int) ([]lab.StreamEvent, error) {
	return nil, errBroken
}

func TestAnErrorOfTheSourceEndsTheExport(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	require.ErrorIs(t, export.Write(t.Context(), &b, export.CSV, export.Events, run(), broken{}), errBroken)
}

func TestFileNamesAreSafeAndLikePyControls(t *testing.T) {
	t.Parallel()
	r := run()
	require.Equal(t, "m1-2026-03-01-093000.tsv", r.FileName(export.TSV, export.Events))
	r.Subject.Name = `../a "b"`
	require.Equal(t, ".._a__b_-2026-03-01-093000-trials.csv", r.FileName(export.CSV, export.Trials))
}

func TestOnlyKnownFormatsAreRead(t *testing.T) {
	t.Parallel()
	_, err := export.ParseFormat("xlsx")
	require.Equal(t, lab.Invalid, lab.CodeOf(err))
}
