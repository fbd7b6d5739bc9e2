package store

import (
	"context"
	"strconv"
	"time"

	"github.com/lics-lab/lics/lab"
)

// DeviceRows reads the rows of a run for an export: device by device, boot by
// boot, in the order they were recorded. next is where to go on, empty after
// the last row. A page never has more than limit rows and may have less.
func (s *Store) DeviceRows(ctx context.Context, run, after string, limit int) (rows []lab.DeviceRow, next string, err error) {
	if !isUUID(run) {
		return nil, "", lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	ks, err := Page{After: after}.keys("rows", 2)
	if err != nil {
		return nil, "", err
	}
	var boot, seq int64
	if ks[0] != nil {
		var e1, e2 error
		boot, e1 = strconv.ParseInt(*ks[0], 10, 64)
		seq, e2 = strconv.ParseInt(*ks[1], 10, 64)
		if e1 != nil || e2 != nil {
			return nil, "", badCursor()
		}
	}
	type bootOfRun struct {
		ID           int64
		Device, Boot string
	}
	boots, err := many[bootOfRun](ctx, s.db, "boots of run "+run, `
		SELECT d.id, d.device_id AS device, d.boot
		FROM run_boot rb
		JOIN device_boot d ON d.id = rb.boot_id
		WHERE rb.run_id = $1
		ORDER BY d.device_id, d.id`, run)
	if err != nil {
		return nil, "", err
	}
	for i, b := range boots {
		if boot != 0 && b.ID != boot {
			continue
		}
		got, err := many[deviceRow](ctx, s.db, "rows of run "+run, streamRows,
			run, []string{b.Device}, []string{b.Boot}, []int64{seq}, limit-len(rows)+1, b.ID)
		if err != nil {
			return nil, "", err
		}
		more := len(got) > limit-len(rows)
		if more {
			got = got[:limit-len(rows)]
		}
		if n := len(got); n > 0 {
			seq = got[n-1].Seq
		}
		rows = append(rows, labRows(run, got)...)
		if more {
			return rows, cursor("rows", strconv.FormatInt(b.ID, 10), strconv.FormatInt(seq, 10)), nil
		}
		boot, seq = 0, 0
		if len(rows) == limit && i+1 < len(boots) {
			return rows, cursor("rows", strconv.FormatInt(boots[i+1].ID, 10), "0"), nil
		}
	}
	return rows, "", nil
}

// Trials lists the trials of a run by the time they began.
func (s *Store) Trials(ctx context.Context, run string, p Page) ([]lab.Trial, bool, error) {
	if !isUUID(run) {
		return nil, false, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	ks, err := p.keys("trial", 4)
	if err != nil {
		return nil, false, err
	}
	var at, number *int64
	if ks[0] != nil {
		a, e1 := strconv.ParseInt(*ks[0], 10, 64)
		n, e2 := strconv.ParseInt(*ks[3], 10, 32)
		if e1 != nil || e2 != nil {
			return nil, false, badCursor()
		}
		at, number = &a, &n
	}
	type trial struct {
		Device     string
		Command    string
		Number     int
		StartNs    int64
		TNs        int64
		DurationNs int64
		Ended      bool
		Outcome    string
	}
	rows, err := many[trial](ctx, s.db, "trials of run "+run, `
		SELECT device_id AS device, command, number, start_ns, t_ns, duration_ns, ended, outcome
		FROM trial
		WHERE run_id = $1
		  AND ($2::bigint IS NULL OR (start_ns + t_ns, device_id, command, number) > ($2, $3::text, $4::text, $5::bigint))
		ORDER BY start_ns + t_ns, device_id, command, number
		LIMIT $6`, run, at, ks[1], ks[2], number, p.limit())
	if err != nil {
		return nil, false, err
	}
	out := make([]lab.Trial, len(rows))
	for i, r := range rows {
		out[i] = lab.Trial{
			Run: run, Device: r.Device, Command: r.Command, Number: r.Number,
			StartedAt: time.Unix(0, r.StartNs+r.TNs).UTC(), Start: time.Duration(r.TNs),
			Duration: time.Duration(r.DurationNs), Ended: r.Ended, Outcome: r.Outcome,
		}
	}
	out, more := cut(p, out)
	return out, more, nil
}

// TrialCursor is the cursor of a trial.
func TrialCursor(t lab.Trial) string {
	return cursor("trial", strconv.FormatInt(t.StartedAt.UnixNano(), 10), t.Device, t.Command, strconv.Itoa(t.Number))
}
