package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var servesOn = regexp.MustCompile(`LICS serves on (\S+)`)

// apart FILE freezes the server and the worker of `lics up` and starts others
// from the command line, with a settings file and the environment.
func apart(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	var secrets struct {
		Broker string `json:"broker"`
	}
	raw, err := os.ReadFile(filepath.Join(w.dir, "secrets.json"))
	ts.Check(err)
	ts.Check(json.Unmarshal(raw, &secrets))
	for _, part := range []string{"server", "worker"} {
		pid := w.pid(part)
		ts.Check(syscall.Kill(pid, syscall.SIGSTOP))
		w.thaw = append(w.thaw, pid)
	}
	env := []string{
		"LICS_DATABASE=" + w.ready.Database, "LICS_TEMPORAL=" + w.ready.Temporal, "LICS_BROKER=" + w.ready.Broker,
		"LICS_BROKER_PASSWORD=" + secrets.Broker, "LICS_ADMINISTRATOR_TOKEN=" + w.ready.Token,
		"HOME=" + ts.Getenv("HOME"),
	}
	for _, part := range []string{"server", "worker"} {
		cmd := exec.Command(program, part, "--config", ts.MkAbs(args[0]))
		cmd.Env, cmd.Stdout, cmd.Stderr = env, &w.output, &w.output
		ts.Check(cmd.Start())
		w.others = append(w.others, cmd)
	}
	w.await(ts, "the other server", 30*time.Second, func() (bool, error) {
		m := servesOn.FindStringSubmatch(w.output.String())
		if m == nil {
			return false, nil
		}
		w.ready.URL = m[1]
		ts.Setenv("LICS_URL", m[1])
		return true, nil
	})
}
