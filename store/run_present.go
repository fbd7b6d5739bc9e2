package store

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/lab"
)

// LastValues are the variables of a run, of its session and of its tasks, with
// the values they were given last, by node and name. It reads through the rows
// of the run once: 0.15 s for 200,000 rows on a small machine.
func (s *Store) LastValues(ctx context.Context, run string) ([]lab.LastValue, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	type last struct {
		Device, Node, Name string
		Value              json.RawMessage
		Ns                 int64
	}
	rows, err := many[last](ctx, s.db, "variables of run "+run, `
		SELECT DISTINCT ON (d.device_id, b.node, r.name)
		       d.device_id AS device, b.node, r.name, r.value, b.start_ns + r.t_ns AS ns
		FROM event_batch b
		JOIN device_boot d ON d.id = b.boot_id
		CROSS JOIN LATERAL (
			SELECT DISTINCT ON (name) name, value, seq, t_ns
			FROM event_row
			WHERE boot_id = b.boot_id AND seq BETWEEN b.first_seq AND b.last_seq AND kind IN ('variable', 'draw', 'parameter')
			ORDER BY name, seq DESC
		) r
		WHERE b.run_id = $1
		ORDER BY d.device_id, b.node, r.name, b.start_ns + r.t_ns DESC, r.seq DESC`, run)
	if err != nil {
		return nil, err
	}
	out, err := many[lab.LastValue](ctx, s.db, "variables of run "+run, `
		SELECT DISTINCT ON (name) '' AS device, '' AS node, name, body->'value' AS value, at
		FROM run_event
		WHERE run_id = $1 AND kind = 'variable'
		ORDER BY name, pos DESC`, run)
	for _, r := range rows {
		out = append(out, lab.LastValue{Device: r.Device, Node: r.Node, Name: r.Name, Value: r.Value, At: time.Unix(0, r.Ns).UTC()})
	}
	slices.SortStableFunc(out, func(a, b lab.LastValue) int {
		return cmp.Or(strings.Compare(a.Node, b.Node), strings.Compare(a.Name, b.Name))
	})
	return out, err
}

// TaskNow is how far the task of a command has come. Each restart of its device
// is a boot and a command of its own (command~r1, …). It looks at the last rows
// of its batches only.
func (s *Store) TaskNow(ctx context.Context, run, command string, now time.Time) (lab.TaskNow, error) {
	if !isUUID(run) {
		return lab.TaskNow{}, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	type attempt struct {
		Device      string
		StartNs, T  int64
		Trial       int
		Kind, State *string
		StateNs     *int64
	}
	attempts, err := many[attempt](ctx, s.db, "task "+command, `
		SELECT d.device_id AS device, a.start_ns, a.t, a.trial, last.kind, last.name AS state, last.ns AS state_ns
		FROM (
			SELECT b.boot_id, b.command, max(b.start_ns) AS start_ns, max(r.t_ns) AS t, max(r.trial) AS trial
			FROM event_batch b
			JOIN event_row r ON r.boot_id = b.boot_id AND r.seq = b.last_seq
			WHERE b.run_id = $1 AND (b.command = $2 OR starts_with(b.command, $2 || '~r'))
			GROUP BY b.boot_id, b.command
		) a
		JOIN device_boot d ON d.id = a.boot_id
		LEFT JOIN LATERAL (
			SELECT r.kind, r.name, b.start_ns + r.t_ns AS ns
			FROM event_batch b
			CROSS JOIN LATERAL (
				SELECT kind, name, t_ns
				FROM event_row
				WHERE boot_id = b.boot_id AND seq BETWEEN b.first_seq AND b.last_seq AND kind IN ('state', 'end')
				ORDER BY seq DESC
				LIMIT 1
			) r
			WHERE b.run_id = $1 AND b.boot_id = a.boot_id AND b.command = a.command
			ORDER BY b.last_seq DESC
			LIMIT 1
		) last ON true
		ORDER BY a.start_ns`, run, command)
	if err != nil || len(attempts) == 0 {
		return lab.TaskNow{}, err
	}
	var out lab.TaskNow
	for i, a := range attempts {
		out.Device, out.Trials = a.Device, max(out.Trials, a.Trial)
		if i < len(attempts)-1 || a.Kind != nil && *a.Kind == "end" {
			out.Elapsed += time.Duration(a.T)
			continue
		}
		out.Elapsed += max(time.Duration(a.T), now.Sub(time.Unix(0, a.StartNs)))
		if a.State != nil {
			out.State, out.Since = *a.State, time.Unix(0, *a.StateNs).UTC()
		}
	}
	return out, nil
}
