package edge

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// tally is what the rows of a task that are on disk add up to. It is written in
// the transaction of the rows: after a crash, a trial whose outcome was recorded
// is done, and one whose outcome was not is not, whatever was told last.
type tally struct {
	Trial    int            `json:"trial"`
	Outcomes map[string]int `json:"outcomes,omitempty"`
	// Checkpoint is the latest of those whose rows are among them.
	Checkpoint *task.Checkpoint `json:"checkpoint,omitempty"`

	rows    int64
	kept    int64 // number of Checkpoint
	changed bool  // since it was written
}

// count adds rows to the tallies of their headers, which it leaves as they are.
func count(rows []pendingRow) map[*header]tally {
	var out map[*header]tally
	for i := range rows {
		h, r := rows[i].header, &rows[i].row
		if h.command == "" {
			continue
		}
		t, known := out[h]
		if !known {
			t = h.tally
			t.changed, t.Outcomes = false, maps.Clone(t.Outcomes)
		}
		t.rows++
		switch r.Kind {
		case task.KindTrial:
			t.Trial, t.changed = int(r.Trial), true
		case task.KindOutcome:
			if t.Outcomes == nil {
				t.Outcomes = map[string]int{}
			}
			t.Outcomes[r.Name]++
			t.changed = true
		}
		if out == nil {
			out = map[*header]tally{}
		}
		out[h] = t
	}
	for h, t := range out {
		if p := h.checkpoints.until(t.rows, h.tally.kept); p != nil {
			c := p.Checkpoint
			t.Checkpoint, t.kept, t.changed = &c, p.number, true
			out[h] = t
		}
	}
	return out
}

func saveTallies(ctx context.Context, c *sql.Conn, tallies map[*header]tally) error {
	for h, t := range tallies {
		if !t.changed {
			continue
		}
		b, err := json.Marshal(t)
		if err != nil {
			return err
		}
		_, err = c.ExecContext(ctx,
			"INSERT INTO task (command, tally) VALUES (?, ?) ON CONFLICT (command) DO UPDATE SET tally = excluded.tally", h.command, b)
		if err != nil {
			return err
		}
	}
	return nil
}

// progress keeps the last known progress of a task.
func (o *outbox) progress(ctx context.Context, command string, p wire.TaskProgress) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	_, err = o.disk.exec(ctx, inSystem,
		"INSERT INTO task (command, progress) VALUES (?, ?) ON CONFLICT (command) DO UPDATE SET progress = excluded.progress", command, b)
	return err
}

// lastKnown is how far an earlier process came with a task. Every row of it
// that was written counts, also those after its last progress.
func (o *outbox) lastKnown(ctx context.Context, e entry) (p wire.TaskProgress, err error) {
	o.disk.mu.Lock()
	defer o.disk.mu.Unlock()
	var progress, tallied []byte
	err = o.disk.row(ctx, "SELECT progress, tally FROM task WHERE command = ?", e.id).Scan(&progress, &tallied)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	if len(progress) > 0 {
		if err := json.Unmarshal(progress, &p); err != nil {
			return p, err
		}
	}
	if len(tallied) > 0 {
		var t tally
		if err := json.Unmarshal(tallied, &t); err != nil {
			return p, err
		}
		p.Trial, p.Outcomes = t.Trial, t.Outcomes
		if c := t.Checkpoint; c != nil {
			p.Variables, p.Microlitres, p.Elapsed = c.Variables, c.Microlitres, c.Elapsed
		}
	}
	var last int64
	err = o.disk.row(ctx, `
		SELECT coalesce(max(last), 0) FROM (SELECT boot, last FROM batch UNION ALL SELECT boot, last FROM stored)
		WHERE boot = (SELECT n FROM boot WHERE id = ?)`, e.boot).Scan(&last)
	p.Boot, p.LastSeq = e.boot, max(p.LastSeq, last)
	return p, err
}

// answered forgets how far the tasks of earlier processes came.
func (o *outbox) answered(ctx context.Context) error {
	_, err := o.disk.exec(ctx, inSystem, "DELETE FROM task")
	return err
}
