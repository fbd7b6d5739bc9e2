package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
)

type worldKey struct{}

// world is one running system of one script.
type world struct {
	seed   uint64
	random *rand.Rand
	dir    string
	args   []string
	cmd    *exec.Cmd
	gone   chan struct{}
	output lockedBuffer
	ready  ready
	run    string
	// watcher follows the run; seen is what it saw.
	watcher *exec.Cmd
	others  []*exec.Cmd // server and worker of the script's own
	thaw    []int       // processes that were frozen
	seen    lockedBuffer
}

// ready is what of the ready file the scripts need.
type ready struct {
	URL      string         `json:"url"`
	Token    string         `json:"token"`
	Broker   string         `json:"broker"`
	Database string         `json:"database"`
	Temporal string         `json:"temporal"`
	UI       string         `json:"temporal_ui"`
	PIDs     map[string]int `json:"pids"`
	DemoRun  string         `json:"demo_run"`
	Devices  []string       `json:"devices"`
	S3       string         `json:"s3"`
}

// lockedBuffer keeps what the system said, for the report of a failure.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

// up starts `lics up` and waits until it is ready. Without arguments it starts
// again with those of the last time.
func up(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	if w.dir == "" {
		// Not below the script's own directory, which PostgreSQL, as another
		// user, may not pass through.
		dir, err := os.MkdirTemp("", "lics-e2e-data")
		ts.Check(err)
		ts.Check(os.Chmod(dir, 0o711))
		w.dir = dir
	}
	if len(args) > 0 || w.args == nil {
		w.args = args
	}
	file := ts.MkAbs("ready.json")
	_ = os.Remove(file)
	w.cmd = exec.Command(program, append([]string{"up", "--data-dir", w.dir, "--listen", "127.0.0.1:0", "--ready-file", file, "-v"}, w.arguments()...)...)
	w.cmd.Stdout, w.cmd.Stderr = &w.output, &w.output
	ts.Check(w.cmd.Start())
	w.gone = make(chan struct{})
	go func(cmd *exec.Cmd, gone chan struct{}) {
		_ = cmd.Wait()
		close(gone)
	}(w.cmd, w.gone)
	w.await(ts, "the system to be ready", 3*time.Minute, func() (bool, error) {
		select {
		case <-w.gone:
			return false, fmt.Errorf("lics up ended")
		default:
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			return false, nil //nolint:nilerr // not yet
		}
		w.ready = ready{}
		return json.Unmarshal(raw, &w.ready) == nil, nil
	})
	ts.Setenv("LICS_URL", w.ready.URL)
	ts.Setenv("LICS_TOKEN", w.ready.Token)
	ts.Setenv("TEMPORAL_UI", w.ready.UI)
	if w.ready.DemoRun != "" {
		w.run = w.ready.DemoRun
		ts.Setenv("RUN", w.run)
	}
}

// arguments are the script's own for `lics up`. Only a script that says --s3
// pays for the object store.
func (w *world) arguments() []string {
	args := slices.DeleteFunc(slices.Clone(w.args), func(arg string) bool { return arg == "--s3" })
	if len(args) == len(w.args) {
		args = append(args, "--no-s3")
	}
	return args
}

// await polls a condition of another process until it holds; there is no
// signal from it to wait for.
func (w *world) await(ts *testscript.TestScript, what string, within time.Duration, holds func() (bool, error)) {
	deadline := time.NewTimer(within)
	defer deadline.Stop()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		ok, err := holds()
		if err != nil {
			ts.Fatalf("waiting for %s: %v\nLICS_E2E_SEED=%d\n%s", what, err, w.seed, w.said())
		}
		if ok {
			return
		}
		select {
		case <-deadline.C:
			ts.Fatalf("no sign of %s within %v\nLICS_E2E_SEED=%d\n%s", what, within, w.seed, w.said())
		case <-tick.C:
		}
	}
}

// said is the end of what the system said. All of it goes to a file in
// LICS_E2E_LOG, when that names a folder.
func (w *world) said() string {
	s := w.output.String()
	if dir := os.Getenv("LICS_E2E_LOG"); dir != "" {
		f, err := os.CreateTemp(dir, "system-*.log")
		if err == nil {
			_, _ = f.WriteString(s)
			_ = f.Close()
		}
	}
	if len(s) > 12_000 {
		s = "…" + s[len(s)-12_000:]
	}
	return s
}

// kill-up ends the whole system with -9, then checks that no child is left.
func killUp(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	before := w.ready.PIDs
	_ = w.cmd.Process.Kill()
	<-w.gone
	w.await(ts, "the children to be gone", 30*time.Second, func() (bool, error) {
		for name, pid := range before {
			if syscall.Kill(pid, 0) == nil && alive(pid) {
				_ = name
				return false, nil
			}
		}
		return true, nil
	})
}

// alive tells a zombie from a process.
func alive(pid int) bool {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	return !strings.HasPrefix(rest, "Z")
}

// down ends the system as Ctrl-C does; no child may be left.
func down(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	before := w.ready.PIDs
	ts.Check(w.cmd.Process.Signal(os.Interrupt))
	select {
	case <-w.gone:
	case <-time.After(time.Minute):
		ts.Fatalf("lics up does not stop\n%s", w.said())
	}
	for name, pid := range before {
		if alive(pid) {
			ts.Fatalf("%s (%d) is still there", name, pid)
		}
	}
}

// down at the end of a script, however it ended.
func (w *world) down() {
	if w.dir != "" {
		defer os.RemoveAll(w.dir)
	}
	for _, pid := range w.thaw {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	for _, cmd := range w.others {
		_ = cmd.Process.Signal(os.Interrupt)
		late := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		late.Stop()
	}
	if w.cmd == nil || w.cmd.Process == nil {
		return
	}
	_ = w.cmd.Process.Signal(os.Interrupt)
	select {
	case <-w.gone:
	case <-time.After(30 * time.Second):
		_ = w.cmd.Process.Kill()
		<-w.gone
	}
}

// kill-part PART [after MS..MS] ends a part with -9 at a random moment.
func kill(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	low, high := 200, 3000
	if len(args) == 2 {
		_, err := fmt.Sscanf(args[1], "%d..%d", &low, &high)
		ts.Check(err)
	}
	delay := time.Duration(low+w.random.IntN(high-low+1)) * time.Millisecond
	ts.Logf("kill -9 %s after %v", args[0], delay)
	<-time.After(delay) // the moment is the point
	var pid int
	w.await(ts, args[0]+" to be there", time.Minute, func() (bool, error) {
		pid = w.pid(args[0])
		return pid != 0, nil
	})
	ts.Check(syscall.Kill(pid, syscall.SIGKILL))
}

// pid finds a part among the children: the ready file knows only the first.
func (w *world) pid(part string) int {
	pid := w.ready.PIDs[part]
	if alive(pid) {
		return pid
	}
	raw, err := os.ReadFile(filepath.Join(w.dir, "ready.json"))
	var r ready
	if err == nil && json.Unmarshal(raw, &r) == nil && alive(r.PIDs[part]) {
		return r.PIDs[part]
	}
	return 0
}

func (w *world) database(ts *testscript.TestScript, f func(ctx context.Context, db *pgx.Conn)) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	db, err := pgx.Connect(ctx, w.ready.Database)
	ts.Check(err)
	defer db.Close(ctx)
	f(ctx, db)
}
