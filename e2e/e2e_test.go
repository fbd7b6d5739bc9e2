// Package e2e runs the whole system on loopback: the real program with its real
// PostgreSQL, Temporal, broker and simulated boxes, each a process of its own,
// and kills them. Each script in testdata is one promise.
package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/lics-lab/lics/licstest"
)

// program is the built lics.
var program string

func TestMain(m *testing.M) { os.Exit(build(m)) }

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "lics-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	_ = os.Chmod(dir, 0o711) // PostgreSQL, as another user, passes through
	program = filepath.Join(dir, "lics")
	out, err := exec.Command("go", "build", "-o", program, "github.com/lics-lab/lics/cmd/lics").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	standalone, err := licstest.Standalone(context.Background())
	if err == nil {
		err = os.Symlink(standalone, filepath.Join(dir, "lics-standalone"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// seed decides when things are killed. A failing script prints it; set
// LICS_E2E_SEED to have the same moments again.
func seed() uint64 {
	if s, err := strconv.ParseUint(os.Getenv("LICS_E2E_SEED"), 10, 64); err == nil {
		return s
	}
	return uint64(time.Now().UnixNano())
}

func TestScripts(t *testing.T) {
	s := seed()
	t.Logf("LICS_E2E_SEED=%d", s)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			w := &world{seed: s, random: rand.New(rand.NewPCG(s, 1))}
			env.Values[worldKey{}] = w
			env.Vars = append(env.Vars, "HOME="+filepath.Join(env.WorkDir, "home"))
			env.Setenv("PATH", filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
			env.Defer(w.down)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"up":         up,
			"kill-up":    killUp,
			"down":       down,
			"kill-part":  kill,
			"start":      start,
			"finish":     finish,
			"complete":   complete,
			"query":      query,
			"eventually": eventually,
			"apart":      apart,
			"trials":     trials,
			"bucket":     bucket,

			"kill-agent":         killAgent,
			"cut-network":        cutNetwork,
			"watch":              watch,
			"watched":            watched,
			"temporal-shows-run": temporalShowsRun,
		},
		RequireExplicitExec: true,
	})
}
