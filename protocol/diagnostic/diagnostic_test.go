package diagnostic_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

func TestAHintNamesTheClosestOrWhatThereIs(t *testing.T) {
	t.Parallel()
	names := []string{"led_1", "led_2", "pump"}
	require.Equal(t, "did you mean led_1?", diagnostic.DidYouMean("Led1", names))
	require.Equal(t, "there is led_1, led_2 and pump", diagnostic.DidYouMean("house_light", names))
	require.Empty(t, diagnostic.DidYouMean("anything", nil))
	require.Equal(t, "a, b, c, d, e, f, g, h and 2 more", diagnostic.List(strings.Split("abcdefghij", "")))
	require.NotPanics(t, func() {
		for n := range 60 { // Ⱥ has more bytes as a small letter
			diagnostic.DidYouMean(strings.Repeat("Ⱥ", n), []string{strings.Repeat("Ⱥ", 19), strings.Repeat("a", n)})
		}
	})
}

func TestEveryCodeIsListedOnce(t *testing.T) {
	t.Parallel()
	seen := map[diagnostic.Code]bool{}
	for _, c := range diagnostic.Codes() {
		require.False(t, seen[c], c)
		seen[c] = true
	}
}

func TestSortPutsErrorsFirstAndSaysNothingTwice(t *testing.T) {
	t.Parallel()
	e := diagnostic.Diagnostic{Severity: diagnostic.Error, Code: diagnostic.BadData, Node: "b"}
	w := diagnostic.Diagnostic{Severity: diagnostic.Warning, Code: diagnostic.ArmedTimer, Node: "a"}
	require.Equal(t, []diagnostic.Diagnostic{e, w}, diagnostic.Sort([]diagnostic.Diagnostic{w, e, w}))
	require.True(t, diagnostic.HasErrors([]diagnostic.Diagnostic{w, e}))
	require.False(t, diagnostic.HasErrors([]diagnostic.Diagnostic{w}))
}

// Codes is written by hand beside the constants.
func TestNoCodeIsMissingFromTheList(t *testing.T) {
	t.Parallel()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	require.NoError(t, err)
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if typ, ok := v.Type.(*ast.Ident); ok && typ.Name == "Code" {
				constants += len(v.Names)
			}
		}
		return true
	})
	require.Len(t, diagnostic.Codes(), constants)
}
