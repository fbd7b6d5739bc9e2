package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"github.com/lics-lab/lics/lab"
)

var eventColumns = []string{
	"time_s", "at", "source", "kind", "name", "value", "node", "trial", "task_time_ns", "device", "boot", "seq", "command",
	"ramp_s", "frequency_hz",
}

// csvRows has one line for each row; what the run is, is not in it.
type csvRows struct{ w *csv.Writer }

func newCSV(w io.Writer) *csvRows { return &csvRows{csv.NewWriter(w)} }

func (c *csvRows) begin() error { return c.w.Write(eventColumns) }

func (c *csvRows) row(at time.Duration, e lab.StreamEvent) error {
	wall := e.At().UTC().Format(time.RFC3339Nano)
	if ev := e.Event; ev != nil {
		return c.w.Write([]string{
			seconds(at, 9), wall, "run", ev.Kind, formula(ev.Name), formula(text(ev.Body)), formula(ev.Node),
			"", "", "", "", strconv.FormatInt(ev.Seq, 10), "", "", "",
		})
	}
	r := e.Row
	return c.w.Write([]string{
		seconds(at, 9), wall, "device", r.Kind, formula(r.Name), formula(text(r.Value)), formula(r.Node),
		strconv.Itoa(r.Trial), strconv.FormatInt(r.T.Nanoseconds(), 10),
		r.Device, r.Boot, strconv.FormatInt(r.Seq, 10), r.Command, rampText(r), frequencyText(r),
	})
}

func (c *csvRows) flush() error {
	c.w.Flush()
	return c.w.Error()
}

func (c *csvRows) end(time.Duration) error { return c.flush() }

// formula keeps a spreadsheet from computing what somebody printed: a text
// that begins like a formula, and is no number, is quoted.
func formula(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '@', '+', '-', '\t', '\r':
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}
