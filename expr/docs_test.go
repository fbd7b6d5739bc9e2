package expr_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
)

func document(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../docs/expressions.md")
	require.NoError(t, err)
	return string(b)
}

// block is the lines of the fenced block with a label.
func block(t *testing.T, doc, label string) []string {
	t.Helper()
	_, rest, ok := strings.Cut(doc, "```"+label+"\n")
	require.True(t, ok, label)
	inside, _, ok := strings.Cut(rest, "\n```")
	require.True(t, ok, label)
	return strings.Split(inside, "\n")
}

func requireTrue(t *testing.T, src string) {
	t.Helper()
	e, err := expr.Compile(src, nil, expr.Bool)
	require.NoError(t, err, src)
	v, err := e.Eval(nil)
	require.NoError(t, err, src)
	require.True(t, v.Bool(), src)
}

func TestTheDocumentListsEveryFunction(t *testing.T) {
	t.Parallel()
	doc := document(t)
	var listed, known []string
	for _, m := range regexp.MustCompile("(?m)^\\| `((\\w+)\\([^`]*)` \\| ([^|]*) \\| `([^`]*)` \\|$").FindAllStringSubmatch(doc, -1) {
		require.Contains(t, m[4], m[2]+"(")
		requireTrue(t, m[4])
		listed = append(listed, m[2]+" "+m[1]+" "+m[3])
	}
	for _, f := range expr.Functions() {
		require.Contains(t, f.Example, f.Name+"(")
		requireTrue(t, f.Example)
		known = append(known, f.Name+" "+f.Signature+" "+f.Doc)
	}
	require.ElementsMatch(t, known, listed)
}

func TestTheResultsInTheDocumentAreTrue(t *testing.T) {
	t.Parallel()
	for _, src := range block(t, document(t), "results") {
		requireTrue(t, src)
	}
}

func TestTheExamplesInTheDocumentCompile(t *testing.T) {
	t.Parallel()
	scope := expr.NewScope()
	for _, d := range []struct {
		name string
		t    expr.Type
	}{
		{"correct", expr.Bool},
		{"reaction", expr.Duration},
		{"trials", expr.Int},
		{"volume", expr.Float},
		{"streak", expr.Int},
		{"reward", expr.Float},
		{"outcomes", expr.StringList},
		{"reactions", expr.DurationList},
		{"target", expr.String},
		{"hits", expr.Int},
	} {
		_, err := scope.Declare(d.name, d.t)
		require.NoError(t, err)
	}
	doc := document(t)
	for _, src := range block(t, doc, "expr") {
		_, err := expr.Compile(src, scope, expr.Invalid)
		require.NoError(t, err)
	}
	for _, src := range block(t, doc, "text") {
		_, err := expr.CompileTemplate(src, scope)
		require.NoError(t, err)
	}
}

func TestTheErrorsInTheDocumentAreTheOnesGiven(t *testing.T) {
	t.Parallel()
	scope := expr.NewScope()
	for _, d := range []struct {
		name string
		t    expr.Type
	}{{"target", expr.Int}, {"elapsed", expr.Duration}, {"n", expr.Int}} {
		_, err := scope.Declare(d.name, d.t)
		require.NoError(t, err)
	}
	source := regexp.MustCompile("of `([^`]*)`\\)")
	for _, line := range block(t, document(t), "errors") {
		src := source.FindStringSubmatch(line)[1]
		want := expr.Invalid
		if strings.HasPrefix(line, "the result") {
			want = expr.Int
		}
		_, err := expr.Compile(src, scope, want)
		require.EqualError(t, err, line)
	}
}
