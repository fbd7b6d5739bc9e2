package edge

import (
	"context"
	"database/sql"
	"encoding/json"
	"maps"

	"github.com/lics-lab/lics/task"
)

// tally is what the rows of a task that are on disk add up to. It is written in
// the transaction of the rows: after a crash, a trial whose outcome was recorded
// is done, and one whose outcome was not is not, whatever was told last.
type tally struct {
	Trial    int            `json:"trial"`
	Outcomes map[string]int `json:"outcomes,omitempty"`
}

// count adds rows to the tallies of their headers, which it leaves as they are.
func count(rows []pendingRow) map[*header]tally {
	var out map[*header]tally
	for i := range rows {
		h, r := rows[i].header, &rows[i].row
		if h.command == "" || r.Kind != task.KindTrial && r.Kind != task.KindOutcome {
			continue
		}
		t, known := out[h]
		if !known {
			t = tally{h.tally.Trial, maps.Clone(h.tally.Outcomes)}
		}
		if r.Kind == task.KindTrial {
			t.Trial = int(r.Trial)
		} else {
			if t.Outcomes == nil {
				t.Outcomes = map[string]int{}
			}
			t.Outcomes[r.Name]++
		}
		if out == nil {
			out = map[*header]tally{}
		}
		out[h] = t
	}
	return out
}

func saveTallies(ctx context.Context, c *sql.Conn, tallies map[*header]tally) error {
	for h, t := range tallies {
		b, err := json.Marshal(t)
		if err != nil {
			return err
		}
		if _, err := c.ExecContext(ctx, "UPDATE command SET tally = ? WHERE id = ?", b, h.command); err != nil {
			return err
		}
	}
	return nil
}
