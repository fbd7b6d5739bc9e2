package export

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"time"
)

var trialColumns = []string{
	"start_time_s", "stop_time_s", "duration_s", "number", "outcome", "complete", "started_at", "device", "node", "command",
}

// csv writes a row for each trial.
func (c *trials) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	head := trialColumns
	for _, s := range c.streams() {
		head = append(slices.Clip(head), formula(drawColumn(s)))
	}
	if err := out.Write(head); err != nil {
		return err
	}
	err := c.done.each(func(start, stop time.Duration, t trial) error {
		row := []string{
			seconds(start, 9), seconds(stop, 9), seconds(stop-start, 9), strconv.Itoa(t.Number), formula(t.Outcome),
			strconv.FormatBool(t.Complete), t.StartedAt.Format(time.RFC3339Nano), t.Device, formula(t.Node), t.Command,
		}
		for _, s := range c.streams() {
			row = append(row, formula(drawText(t.Draws[s])))
		}
		return out.Write(row)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
