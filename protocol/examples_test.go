package protocol_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
)

// Whoever adds a kind shows it twice: in a graph that is accepted, with its
// golden plan, and in one of its own that is refused, where the error is at a
// node of the kind.
func TestEveryKindHasAnAcceptedAndARejectedExample(t *testing.T) {
	t.Parallel()
	accepted := map[string]bool{}
	files, err := filepath.Glob("testdata/kinds/*.json")
	require.NoError(t, err)
	for _, file := range append(files, "testdata/every-kind.json") {
		_, err := os.Stat("testdata/plans/" + strings.TrimSuffix(filepath.Base(file), ".json") + ".golden.json")
		require.NoError(t, err, "%s has no golden plan", file)
		for _, n := range parsed(t, file).Nodes {
			accepted[n.Type] = true
		}
	}
	for _, kind := range node.Types() {
		require.True(t, accepted[kind], "no graph of testdata/kinds has a node of the kind %s", kind)
		refused(t, kind)
	}
}

func refused(t *testing.T, kind string) {
	t.Helper()
	file := "testdata/rejected/" + kind + ".json"
	if _, err := os.Stat(file); err != nil {
		t.Errorf("the kind %s has no rejected example of its own, %s", kind, file)
		return
	}
	g := parsed(t, file)
	kinds := map[string]string{}
	for _, n := range g.Nodes {
		kinds[n.ID] = n.Type
	}
	_, ds := protocol.CompileWith(g, library)
	for _, d := range ds {
		if d.Severity == diagnostic.Error && kinds[d.Node] == kind {
			return
		}
	}
	t.Errorf("%s: no error is at a node of the kind %s:\n%s", file, kind, report(ds))
}
