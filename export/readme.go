package export

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// columnHelp says what the columns mean, in the order of the files. README.md
// and docs/export.md have the same words.
var columnHelp = []struct{ name, help string }{
	{"time_s", "seconds since the run began; exact within a task"},
	{"at", "wall time, UTC, RFC 3339"},
	{"source", "`run` for the session level, `device` for a row of a task"},
	{"kind", "what happened: `state`, `event`, `output`, `draw`, `variable`, `outcome`, `print`, `trial`, `end`, `control`, `warning`; of the session level `step_started`, `step_done`, `note`, …"},
	{"name", "of the state, event, channel, stream, variable or outcome; of a note who wrote it"},
	{"value", "the output's level, the drawn or assigned value, the text; JSON where it is no plain text"},
	{"node", "id in task.json of the node that recorded it"},
	{"trial", "number of the trial in its task, from 1"},
	{"task_time_ns", "nanoseconds since the task began, by the device's monotonic clock"},
	{"device", "id of the device"},
	{"boot", "tells restarts of a device apart"},
	{"seq", "number of the row: of the device since it booted, or of the run"},
	{"command", "tells executions of tasks apart"},
}

var trialHelp = []struct{ name, help string }{
	{"start_time_s", "seconds since the run began"},
	{"stop_time_s", "when the next trial began or the task ended"},
	{"duration_s", "the difference"},
	{"number", "in its task, from 1"},
	{"outcome", "how it ended; empty when nothing was said"},
	{"complete", "false: a failure cut it off, stop_time_s is that of its last row"},
	{"started_at", "wall time, UTC"},
	{"device", "id of the device"},
	{"node", "id in task.json of the task"},
	{"command", "tells executions of tasks apart"},
}

// readme explains a run folder to somebody who finds it in ten years.
func (r Run) readme(w io.Writer, streams []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", r.baseName())
	fmt.Fprintf(&b, "A run of the protocol `%s`, version %d, recorded by LICS.\n", r.Run.ProtocolName, r.Version.Number)
	fmt.Fprintf(&b, "Time zero is %s. Status: %s.\n\n", r.zero().UTC().Format(time.RFC3339Nano), r.Run.Status)
	b.WriteString(`| File | What it is |
|---|---|
| task.json | the protocol exactly as it ran; ` + "`lics protocol import task.json`" + ` opens it again |
| rig.json | the hardware of each device |
| session.json | run, subject, devices, calibrations, seed, parameters, versions, gaps, notes; sha256 of every other file |
| events.csv | one row for everything recorded |
| events.parquet | the same with typed columns; ` + "`value_number`" + ` is the value as a number, durations in seconds |
| events.tsv | the same in pyControl's layout: time (s), type, subtype, content |
| trials.csv, trials.parquet | one row for each trial |

## events

| Column | Meaning |
|---|---|
`)
	for _, c := range columnHelp {
		fmt.Fprintf(&b, "| %s | %s |\n", c.name, c.help)
	}
	b.WriteString("\n## trials\n\n| Column | Meaning |\n|---|---|\n")
	for _, c := range trialHelp {
		fmt.Fprintf(&b, "| %s | %s |\n", c.name, c.help)
	}
	for _, s := range streams {
		fmt.Fprintf(&b, "| %s | the last value drawn from the stream `%s` in the trial; durations in seconds |\n", drawColumn(s), s)
	}
	b.WriteString("\nIn the CSV files a text that begins like a formula (= @ + -) has an apostrophe before it.\n")
	_, err := io.WriteString(w, b.String())
	return err
}
