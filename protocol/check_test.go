package protocol_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

func rejected(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/rejected/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func parsed(t testing.TB, file string) *protocol.Graph {
	t.Helper()
	raw, err := os.ReadFile(file)
	require.NoError(t, err)
	g, err := protocol.Parse(raw)
	require.NoError(t, err, file)
	return g
}

func report(ds []protocol.Diagnostic) string {
	var b strings.Builder
	for _, d := range ds {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

func TestEachRejectedProtocolGivesItsDiagnostics(t *testing.T) {
	t.Parallel()
	for _, file := range rejected(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			p, ds := protocol.Compile(parsed(t, file))
			require.NotEmpty(t, ds)
			require.Equal(t, diagnostic.HasErrors(ds), p == nil)
			golden(t, strings.TrimSuffix(file, ".json")+".golden", []byte(report(ds)))
		})
	}
}

func TestEveryCodeHasAnExample(t *testing.T) {
	t.Parallel()
	seen := map[diagnostic.Code]bool{}
	for _, file := range rejected(t) {
		for _, d := range protocol.Check(parsed(t, file)) {
			seen[d.Code] = true
			require.Equal(t, d.Code.Severity(), d.Severity)
		}
	}
	for _, c := range diagnostic.Codes() {
		require.True(t, seen[c], "no file in testdata/rejected gives %s", c)
	}
}
