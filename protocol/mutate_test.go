package protocol_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/protocol/template"
)

// Bytes that are changed at random hardly ever stay JSON. So here the tree of
// a template, or of the example of a kind of node, is changed: values are swapped with others of the document,
// dropped, doubled or replaced by what people and attackers write.
func TestAnyChangeToAProtocolKeepsThePromises(t *testing.T) {
	t.Parallel()
	published := publishedSchema(t)
	var trees [][]byte
	for _, tpl := range template.All() {
		trees = append(trees, tpl.Document)
	}
	kinds, err := filepath.Glob("testdata/kinds/*.json")
	require.NoError(t, err)
	for _, file := range kinds {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		trees = append(trees, raw)
	}
	spite := []any{
		nil, true, 0, -1, 1e300, "", " ", "a", "true", "0s", "1", "timeup", "iti", "choice", "box", "[1, 2]", "target + 1", "((((", "in", "out", "failed",
		[]any{},
		map[string]any{},
		[]any{map[string]any{"do": "raise", "event": "x"}},
		map[string]any{"event": "timeup"},
		"state", "repeat", "task", "exit", "always",
	}
	rapid.Check(t, func(rt *rapid.T) {
		var tree any
		require.NoError(t, json.Unmarshal(trees[rapid.IntRange(0, len(trees)-1).Draw(rt, "protocol")], &tree))
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			var places []func(any)
			var values []any
			visit(tree, func(v any, set func(any)) {
				values = append(values, v)
				places = append(places, set)
			})
			at := rapid.IntRange(0, len(places)-1).Draw(rt, "place")
			switch rapid.IntRange(0, 2).Draw(rt, "how") {
			case 0:
				places[at](clone(spite[rapid.IntRange(0, len(spite)-1).Draw(rt, "what")]))
			case 1:
				places[at](clone(values[rapid.IntRange(0, len(values)-1).Draw(rt, "other")]))
			case 2:
				places[at](drop{})
			}
		}
		raw, err := json.Marshal(prune(tree))
		require.NoError(t, err)
		defer func() {
			if r := recover(); r != nil {
				panic(fmt.Sprintf("%v\n%s", r, raw))
			}
		}()
		holds(t, raw)
		agrees(t, published, raw)
	})
}

type drop struct{}

func visit(v any, f func(any, func(any))) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			x := v[k]
			f(x, func(y any) { v[k] = y })
			visit(x, f)
		}
	case []any:
		for i, x := range v {
			f(x, func(y any) { v[i] = y })
			visit(x, f)
		}
	}
}

func clone(v any) any {
	raw, err := json.Marshal(prune(v))
	if err != nil {
		panic(err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		panic(err)
	}
	return out
}

func prune(v any) any {
	switch v := v.(type) {
	case drop:
		return nil
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			if _, gone := x.(drop); !gone {
				out[k] = prune(x)
			}
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			if _, gone := x.(drop); !gone {
				out = append(out, prune(x))
			}
		}
		return out
	}
	return v
}
