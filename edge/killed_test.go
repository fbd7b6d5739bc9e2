package edge_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"modernc.org/sqlite"

	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// dieAt kills this process when it is about to write to its disk for the n-th
// time, or so much later: between that write and whatever comes next.
func dieAt(n int64, later time.Duration) {
	var writes atomic.Int64
	kill := func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL) }
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, _ string) error {
		c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 {
			switch {
			case writes.Add(1) != n:
			case later > 0:
				time.AfterFunc(later, kill)
			default:
				kill()
			}
			return 0
		})
		return nil
	})
}

// survivor is the agent after the last of its lives that were cut short.
type survivor struct {
	agent *exec.Cmd
	err   error
}

// lives starts the agent again and again, to be killed at another write each
// time, and then once more, to stay.
func (w *world) lives(n int, random *rand.Rand) chan survivor {
	over := make(chan survivor, 1)
	var all [][]string
	for range n {
		var later time.Duration
		if random.IntN(2) == 0 {
			later = time.Duration(1+random.IntN(400)) * time.Microsecond
		}
		all = append(all, []string{"LICS_TEST_DIE_AT=" + strconv.Itoa(1+random.IntN(30)), "LICS_TEST_DIE_LATER=" + later.String()})
	}
	agent := func(env ...string) *exec.Cmd {
		cmd := exec.CommandContext(w.t.Context(), os.Args[0]) // killed with the test
		cmd.Env = append(w.env(), env...)
		cmd.Stderr = os.Stderr
		return cmd
	}
	go func() {
		for _, env := range all {
			cmd := agent(env...)
			_ = cmd.Run()
			if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
				over <- survivor{err: fmt.Errorf("the agent ended by itself: %s", cmd.ProcessState)}
				return
			}
		}
		last := agent()
		over <- survivor{last, last.Start()}
	}()
	return over
}

// ask repeats a command far more often than a server does, until it is answered.
func (w *world) ask(c wire.Command, body any) wire.Reply {
	w.t.Helper()
	c.Body, _ = json.Marshal(body)
	var answer *wire.Reply
	var asked time.Time
	w.server.await("the answer to "+c.ID, func() bool {
		for _, r := range w.server.replies {
			if r.Command == c.ID && r.State.Final() {
				answer = &r
				return true
			}
		}
		if time.Since(asked) > 10*time.Millisecond {
			asked = time.Now()
			go func() { _ = w.server.Send(context.WithoutCancel(w.t.Context()), "box", c) }()
		}
		return false
	})
	return *answer
}

// Killed at any moment, between any two writes: nothing begins twice, each
// command has one answer, and no row that was written is lost or there twice.
func TestAnAgentKilledBetweenAnyTwoWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	over := w.lives(30, rand.New(rand.NewPCG(1, 2)))
	answers := map[string]wire.Reply{}
	n := 0
	give := func() {
		n++
		id := strconv.Itoa(n)
		c := wire.Command{ID: id, Run: "r", Node: "n", Epoch: int64(n / 10)}
		// A level of its own tells whose an edge of an output is.
		switch n % 3 {
		case 0:
			c.Verb = wire.VerbTask
			answers[id] = w.ask(c, blinks("3", "2ms"))
		case 1:
			c.Verb = wire.VerbPulse
			answers[id] = w.ask(c, wire.PulseBody{Channel: "valve", Level: float64(n + 1), Duration: 3 * time.Millisecond})
		default:
			c.Verb = wire.VerbSet
			answers[id] = w.ask(c, wire.SetBody{Channel: "led", Level: float64(n + 1)})
		}
	}
	var last survivor
	for last.agent == nil {
		select {
		case last = <-over:
			require.NoError(t, last.err)
		default:
			give()
		}
	}
	for range 3 {
		give()
	}
	// While an output of a run is on, the status comes often.
	require.Equal(t, wire.Done, w.server.do(wire.Command{ID: "last", Run: "r", Epoch: int64(n), Verb: wire.VerbSet}, wire.SetBody{Channel: "led", Level: 1}).State)
	w.server.await("an empty outbox", func() bool {
		last := w.server.status[len(w.server.status)-1]
		return last.Online && last.Outbox == 0
	})
	require.NoError(t, last.agent.Process.Signal(syscall.SIGTERM))
	require.NoError(t, last.agent.Wait())

	edges, err := sim.ReadOutputs(filepath.Join(w.dir, sim.OutputsFile))
	require.NoError(t, err)
	began := map[float64]int{}
	for _, e := range edges {
		began[e.Level]++
	}
	states := map[string]int{}
	for i := 1; i <= n; i++ {
		id := strconv.Itoa(i)
		r := answers[id]
		w.server.same(id, r)
		switch i % 3 {
		case 0:
			w.server.complete(id, r)
			states["task "+string(r.State)]++
			continue
		case 1:
			require.Equal(t, wire.Done, r.State)
			if decode[wire.PulseResult](t, r.Result).Uncertain {
				r.State = "uncertain"
			}
			states["pulse "+string(r.State)]++
		default:
			states["set "+string(r.State)]++
		}
		require.LessOrEqual(t, began[float64(i+1)], 1, "command %d began twice", i)
		if r.State == wire.Done {
			require.Equal(t, 1, began[float64(i+1)], "command %d", i)
		}
	}
	t.Log(states, "in", len(w.server.boots), "boots with rows")
	w.server.gapless()
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "outbox.db"))
	require.NoError(t, err)
	var left int
	require.NoError(t, db.QueryRowContext(t.Context(), "SELECT count(*) FROM batch WHERE boot < (SELECT max(n) FROM boot)").Scan(&left))
	require.NoError(t, db.Close())
	require.Zero(t, left, "but for what the last one told at its end")
}

// same checks that a command had one answer, however often it was asked.
func (s *server) same(command string, r wire.Reply) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, other := range s.replies {
		if other.Command == command && other.State.Final() {
			require.Equal(s.t, r, other)
		}
	}
}

// complete checks that a task ran once, and that what it answered is what its
// rows say.
func (s *server) complete(command string, r wire.Reply) {
	s.t.Helper()
	var boot string
	var last int64
	var outcomes map[string]int
	switch r.State {
	case wire.Done:
		v := decode[wire.TaskResult](s.t, r.Result)
		boot, last, outcomes = v.Boot, v.LastSeq, v.Outcomes
		require.Equal(s.t, 3, v.Trials)
	case wire.Interrupted:
		v := decode[wire.TaskProgress](s.t, r.Result)
		boot, last, outcomes = v.Boot, v.LastSeq, v.Outcomes
	default:
		require.FailNow(s.t, "task "+command, "%s: %v", r.State, r.Reason)
	}
	trials, done := map[int32]int{}, 0
	for _, row := range s.rows(command, boot, last) {
		switch row.Kind {
		case task.KindTrial:
			trials[row.Trial]++
		case task.KindOutcome:
			done++
		default:
		}
	}
	require.Equal(s.t, done, outcomes["done"], "task %s", command)
	for trial, times := range trials {
		require.Equal(s.t, 1, times, "trial %d of task %s", trial, command)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for other, rows := range s.stored {
		for n, row := range rows {
			if other != boot && s.commits[other+"/"+strconv.FormatInt(n, 10)] == command {
				require.Equal(s.t, task.KindWarning, row.Kind, "task %s ran in another boot too", command)
			}
		}
	}
}

// gapless checks that the rows of each boot are there from the first to the last.
func (s *server) gapless() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for boot, rows := range s.stored {
		for n := range int64(len(rows)) {
			require.Contains(s.t, rows, n+1, "boot %s", boot)
		}
	}
}
