package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lics-lab/lics/edge/driver/sim"
)

// lease is the agent's default: how long an output may outlive its agent.
const lease = time.Second

// killAgent ends the agent of the first box at a random moment, and checks that
// every output that was on goes off within the lease.
func killAgent(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	device := w.ready.Devices[0]
	kill(ts, false, []string{device, "500..2500"})
	killed := time.Now()
	path := filepath.Join(w.dir, "devices", device, sim.OutputsFile)
	w.await(ts, "all outputs to be off", 10*time.Second, func() (bool, error) {
		edges, err := sim.ReadOutputs(path)
		if err != nil {
			return false, err
		}
		levels := map[string]float64{}
		for _, e := range edges {
			if e.At <= killed.UnixNano() || e.By == "guard" {
				levels[e.Channel] = e.Level
			}
		}
		for channel, level := range levels {
			if level != 0 {
				if time.Since(killed) > lease+2*time.Second {
					ts.Fatalf("%s is still on %v after its agent died", channel, time.Since(killed))
				}
				return false, nil
			}
		}
		return true, nil
	})
	edges, err := sim.ReadOutputs(path)
	ts.Check(err)
	for _, e := range edges {
		if e.By == "guard" && e.At > killed.Add(lease+500*time.Millisecond).UnixNano() {
			ts.Fatalf("the guard put %s off only %v after the agent died", e.Channel, time.Unix(0, e.At).Sub(killed))
		}
	}
}

// cutNetwork stops the broker from answering for a while, without any
// connection being closed: what a pulled cable looks like.
func cutNetwork(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	pid := w.pid("broker")
	ts.Check(syscall.Kill(pid, syscall.SIGSTOP))
	<-time.After(d) // the time is the point
	ts.Check(syscall.Kill(pid, syscall.SIGCONT))
}

// watch follows the run as a person does, in the background.
func watch(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	w.watcher = exec.Command(program, "run", "watch", w.run, "-o", "jsonl")
	w.watcher.Env = []string{"LICS_URL=" + w.ready.URL, "LICS_TOKEN=" + w.ready.Token, "HOME=" + ts.Getenv("HOME")}
	w.watcher.Stdout, w.watcher.Stderr = &w.seen, &w.output
	ts.Check(w.watcher.Start())
}

// watched waits for the watcher to end with the run, and compares what it saw
// with what is stored.
func watched(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	done := make(chan error, 1)
	go func() { done <- w.watcher.Wait() }()
	select {
	case err := <-done:
		ts.Check(err)
	case <-time.After(time.Minute):
		_ = w.watcher.Process.Kill()
		ts.Fatalf("the watcher does not end with the run\n%s", w.said())
	}
	cursors, rows := map[string]bool{}, 0
	lines := bufio.NewScanner(strings.NewReader(w.seen.String()))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e struct {
			Cursor string `json:"cursor"`
			Source string `json:"source"`
		}
		ts.Check(json.Unmarshal(lines.Bytes(), &e))
		if e.Cursor == "" || cursors[e.Cursor] {
			ts.Fatalf("an event was seen twice, or without a cursor: %s", lines.Text())
		}
		cursors[e.Cursor] = true
		if e.Source == "DEVICE" {
			rows++
		}
	}
	w.database(ts, func(ctx context.Context, db *pgx.Conn) {
		var stored int
		ts.Check(db.QueryRow(ctx, `SELECT count(*) FROM device_row WHERE run_id = $1`, w.run).Scan(&stored))
		if stored != rows {
			ts.Fatalf("%d device rows are stored, the watcher saw %d\n%s", stored, rows, w.said())
		}
	})
}

// temporalShowsRun asks the web interface of Temporal for the run.
func temporalShowsRun(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	resp, err := http.Get(w.ready.UI + "/api/v1/namespaces/lics/workflows/run-" + w.run)
	ts.Check(err)
	defer resp.Body.Close()
	var body struct {
		Info struct {
			Status           string `json:"status"`
			SearchAttributes struct {
				Fields map[string]any `json:"indexedFields"`
			} `json:"searchAttributes"`
		} `json:"workflowExecutionInfo"`
	}
	ts.Check(json.NewDecoder(resp.Body).Decode(&body))
	if body.Info.Status != "WORKFLOW_EXECUTION_STATUS_COMPLETED" {
		ts.Fatalf("Temporal's page says %q", body.Info.Status)
	}
	for _, name := range []string{"LicsOrganisation", "LicsProtocol", "LicsDevice", "LicsStatus"} {
		if body.Info.SearchAttributes.Fields[name] == nil {
			ts.Fatalf("the run cannot be found by %s", name)
		}
	}
}
