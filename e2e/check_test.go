package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lics-lab/lics/edge/driver/sim"
)

// lics runs the program against the system and returns its standard output.
func (w *world) lics(ts *testscript.TestScript, args ...string) string {
	cmd := exec.Command(program, args...)
	cmd.Env = []string{"LICS_URL=" + w.ready.URL, "LICS_TOKEN=" + w.ready.Token, "HOME=" + ts.Getenv("HOME")}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		ts.Fatalf("lics %s: %v\n%s%s\n%s", strings.Join(args, " "), err, out, stderr.String(), w.said())
	}
	return string(out)
}

// start ARGS… starts a run and puts its id into $RUN.
func start(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	var run struct {
		ID string `json:"id"`
	}
	out := w.lics(ts, append([]string{"run", "start", "-o", "json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &run); err != nil || run.ID == "" {
		ts.Fatalf("lics run start said %q", out)
	}
	w.run = run.ID
	ts.Setenv("RUN", run.ID)
}

// status asks the database, because the server may be the one that is down.
func (w *world) status(ctx context.Context) (status, message string) {
	db, err := pgx.Connect(ctx, w.ready.Database)
	if err != nil {
		return "", err.Error()
	}
	defer db.Close(ctx)
	if err := db.QueryRow(ctx, `SELECT status, error FROM run WHERE id = $1`, w.run).Scan(&status, &message); err != nil {
		return "", err.Error()
	}
	return status, message
}

// finish STATUS waits for the end of the run.
func finish(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	var status, message string
	w.await(ts, "the end of the run", 4*time.Minute, func() (bool, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		status, message = w.status(ctx)
		switch status {
		case "COMPLETED", "STOPPED", "FAILED", "ABORTED", "HALTED":
			return true, nil
		}
		return false, nil
	})
	if status != args[0] {
		ts.Fatalf("the run ended %s, not %s: %s\nLICS_E2E_SEED=%d\n%s", status, args[0], message, w.seed, w.said())
	}
}

// complete checks that everything is there, and once: rows of every boot
// without gaps, trials numbered without gaps, one start of every command, and
// no simulated output left on.
func complete(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	w.database(ts, func(ctx context.Context, db *pgx.Conn) {
		w.none(ctx, ts, db, "gaps or doubles in the rows of a boot", `
			SELECT boot_id::text, count(*)::text || ' rows up to ' || max(seq)::text
			FROM event_row GROUP BY boot_id HAVING count(*) <> max(seq) OR min(seq) <> 1 ORDER BY 1`)
		w.none(ctx, ts, db, "commands whose task began twice", `
			SELECT command, count(*)::text FROM device_row
			WHERE run_id = $1 AND kind = 'trial' AND t_ns = 0 AND command <> ''
			GROUP BY command HAVING count(*) <> 1 ORDER BY 1`, w.run)
		w.none(ctx, ts, db, "trials that are there twice", `
			SELECT node || ' ' || trial::text, count(*)::text FROM device_row
			WHERE run_id = $1 AND kind = 'outcome'
			GROUP BY node, trial HAVING count(*) <> 1 ORDER BY 1`, w.run)
		w.none(ctx, ts, db, "gaps in the numbers of trials", `
			SELECT command, string_agg(trial::text, ' ' ORDER BY trial) FROM device_row
			WHERE run_id = $1 AND kind = 'trial'
			GROUP BY command HAVING max(trial) - min(trial) + 1 <> count(*) ORDER BY 1`, w.run)
	})
	for _, device := range w.ready.Devices {
		edges, err := sim.ReadOutputs(filepath.Join(w.dir, "devices", device, sim.OutputsFile))
		ts.Check(err)
		for channel, level := range sim.Levels(edges) {
			if level != 0 {
				ts.Fatalf("%s of %s stayed on", channel, device)
			}
		}
	}
}

func (w *world) none(ctx context.Context, ts *testscript.TestScript, db *pgx.Conn, what, sql string, args ...any) {
	rows, err := db.Query(ctx, sql, args...)
	ts.Check(err)
	found, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (string, error) {
		var a, b string
		err := r.Scan(&a, &b)
		return a + ": " + b, err
	})
	ts.Check(err)
	if len(found) > 0 {
		ts.Fatalf("%s:\n%s\nLICS_E2E_SEED=%d\n%s", what, strings.Join(found, "\n"), w.seed, w.said())
	}
}

// query SQL WANT checks a fact of the database; $RUN is the run.
func query(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	w.database(ts, func(ctx context.Context, db *pgx.Conn) {
		var got string
		sql := strings.ReplaceAll(args[0], "$RUN", w.run) // single quotes keep the script from doing it
		ts.Check(db.QueryRow(ctx, "SELECT ("+sql+")::text").Scan(&got))
		if (got == args[1]) == neg {
			ts.Fatalf("%s is %s, not %s", args[0], got, args[1])
		}
	})
}

// eventually SQL WANT waits until a fact of the database holds.
func eventually(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	sql := strings.ReplaceAll(args[0], "$RUN", w.run)
	w.await(ts, args[0], time.Minute, func() (bool, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		db, err := pgx.Connect(ctx, w.ready.Database)
		if err != nil {
			return false, nil
		}
		defer db.Close(ctx)
		var got string
		return db.QueryRow(ctx, "SELECT ("+sql+")::text").Scan(&got) == nil && got == args[1], nil
	})
}

// trials N waits until the run has N outcomes stored, whoever has to come back
// for that.
func trials(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	w.await(ts, fmt.Sprintf("%d trials", want), 3*time.Minute, func() (bool, error) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		db, err := pgx.Connect(ctx, w.ready.Database)
		if err != nil {
			return false, nil
		}
		defer db.Close(ctx)
		var n int
		err = db.QueryRow(ctx, `SELECT count(*) FROM device_row WHERE run_id = $1 AND kind = 'outcome'`, w.run).Scan(&n)
		return err == nil && n >= want, nil
	})
}
