// Package python finds the Python with which tests read, as somebody else
// would, the files that LICS writes for other programs. It stands apart from
// package licstest because it needs nothing of the project.
package python

import (
	"bytes"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// Interpreter is a Python that has h5py and hdmf.
func Interpreter(t testing.TB) string {
	t.Helper()
	python := interpreter()
	if python == "" {
		t.Fatal("No Python with h5py and hdmf is here, with which this test reads a file. Run scripts/h5py once.")
	}
	return python
}

// Run runs a script and gives what it prints. The test fails when the script
// does.
func Run(t testing.TB, script string, args ...string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), Interpreter(t), append([]string{script}, args...)...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, &stderr)
	}
	return out
}

var interpreter = sync.OnceValue(func() string {
	for _, python := range []string{os.Getenv("LICS_PYTHON"), "/usr/bin/python3", "python3"} {
		if python != "" && exec.Command(python, "-c", "import h5py, hdmf").Run() == nil {
			return python
		}
	}
	return ""
})
