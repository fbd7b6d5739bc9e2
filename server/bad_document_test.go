package server_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type obj = map[string]any

// flow is a document of these nodes between a start and an end.
func flow(nodes ...obj) obj {
	all := []any{obj{"id": "start", "type": "start", "position": obj{"x": 0, "y": 0}}}
	edges := []any{}
	last := "start"
	for _, n := range nodes {
		if n["position"] == nil {
			n["position"] = obj{"x": 0, "y": 0}
		}
		all = append(all, n)
		if n["parent"] == nil {
			id := fmt.Sprint(n["id"])
			edges = append(edges, obj{"id": last + "-" + id, "source": last, "target": id})
			last = id
		}
	}
	all = append(all, obj{"id": "end", "type": "end", "position": obj{"x": 0, "y": 0}})
	edges = append(edges, obj{"id": last + "-end", "source": last, "target": "end"})
	return obj{
		"kind": "lics.protocol", "format": 1, "name": "Bad", "nodes": all, "edges": edges,
		"variables": []any{obj{"name": "side", "type": "string"}, obj{"name": "n", "type": "int"}},
	}
}

func wait(duration any) obj {
	return obj{"id": "wait", "type": "wait", "data": obj{"duration": duration}}
}

func trials(table string) obj {
	return obj{"id": "trials", "type": "trials", "data": obj{"table": table}}
}

func edit(d obj, field string, v any) obj {
	d[field] = v
	return d
}

func nested(n int) any {
	var v any = 1
	for range n {
		v = []any{v}
	}
	return v
}

func times(n int, each func(i int) obj) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = each(i)
	}
	return all
}

// Whatever somebody sends instead of a protocol is answered with what is wrong
// and where, at each door that takes documents, soon, and the next is served.
func TestABadDocumentIsAnsweredWithWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, tt := range []struct {
		name       string
		document   any
		code, says string
	}{
		{"a text", "hello", "unreadable", ""},
		{"a number", 5, "unreadable", ""},
		{"a list", []any{}, "unreadable", ""},
		{"something else", obj{"kind": "settings", "format": 1}, "unreadable", "lics.protocol"},
		{"a format of the future", edit(flow(), "format", 99), "unreadable", "99"},
		{"a field that nobody knows", edit(flow(), "nodez", []any{}), "unreadable", "nodez"},
		{"nodes that are a text", edit(flow(), "nodes", "all"), "unreadable", "nodes"},
		{"a node that is a number", edit(flow(), "nodes", []any{5}), "unreadable", "nodes[0]"},
		{"a position that is a text", flow(obj{"id": "wait", "type": "wait", "position": "left"}), "unreadable", "position"},
		{"an id with a meaning elsewhere", flow(obj{"id": "a/b", "type": "wait"}), "unreadable", "letters, digits"},
		{"JSON in JSON", edit(flow(), "metadata", obj{"x": nested(100)}), "unreadable", "deep"},
		{"too many nodes", edit(flow(), "nodes", times(5001, func(i int) obj {
			return obj{"id": fmt.Sprint("n", i), "type": "wait", "position": obj{"x": 0, "y": 0}}
		})), "unreadable", "5000"},
		{"too many wires", edit(flow(), "edges", times(20_001, func(i int) obj {
			return obj{"id": fmt.Sprint("e", i), "source": "start", "target": "end"}
		})), "unreadable", "20000"},
		{"a kind that nobody knows", flow(obj{"id": "laser", "type": "laser"}), "unknown-kind", "laser"},
		{"a kind that is nearly known", flow(obj{"id": "wait", "type": "wiat", "data": obj{"duration": "5s"}}), "unknown-kind", "wait"},
		{"data of another kind", flow(obj{"id": "wait", "type": "wait", "data": obj{"count": 3}}), "bad-data", "count"},
		{"a number for an expression", flow(wait(5)), "bad-data", "duration"},
		{"a list for an expression", flow(wait([]any{"5s"})), "bad-data", "duration"},
		{"an expression of megabytes", flow(wait(strings.Repeat("1+", 1_900_000) + "1")), "bad-data", "duration"},
		{"brackets without end", flow(wait(strings.Repeat("(", 1000))), "type-error", ""},
		{"an expression of another type", flow(wait("side")), "type-error", "duration"},
		{"a parent of itself", flow(obj{"id": "loop", "type": "repeat", "parent": "loop", "data": obj{"count": "2"}}), "cyclic-parent", ""},
		{"parents in a circle", flow(
			obj{"id": "a", "type": "repeat", "parent": "b", "data": obj{"count": "2"}}, obj{"id": "b", "type": "repeat", "parent": "a", "data": obj{"count": "2"}},
		), "cyclic-parent", ""},
		{"a parent that is not there", flow(obj{"id": "a", "type": "wait", "parent": "b", "data": obj{"duration": "5s"}}), "bad-parent", "b"},
		{"an id twice", flow(wait("5s"), wait("5s")), "duplicate-id", "wait"},
		{"a wire from nowhere", edit(flow(), "edges", []any{obj{"id": "e", "source": "nowhere", "target": "end"}}), "dangling-wire", "nowhere"},
		{"a table with a column that is no variable", flow(trials("sied\nleft")), "unknown-variable", "side"},
		{"a table whose line is short", flow(trials("side,n\nleft")), "bad-data", "line 2"},
		{"a table with a column twice", flow(trials("side,side\na,b")), "duplicate-name", "side"},
		{"a table with a word for a number", flow(trials("side,n\nleft,many")), "bad-value", "line 2, column n"},
		{"a table without lines", flow(trials("side\n")), "bad-data", "no condition"},
		{"a table with half a quotation", flow(trials("side\n\"left")), "bad-data", "line 2"},
		{"a table of bytes", flow(trials("\x00\x01;;;\x02")), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			var checked struct {
				CheckProtocol struct {
					OK          bool
					Diagnostics []said
				}
			}
			s.ask(`query($in: CheckProtocolInput!) { checkProtocol(input: $in) { ok diagnostics { code severity message hint } } }`,
				obj{"in": obj{"document": tt.document}}).into(t, &checked)
			require.False(t, checked.CheckProtocol.OK)
			tellsOf(t, checked.CheckProtocol.Diagnostics, tt.code, tt.says)

			var run struct {
				StartDryRun struct {
					DryRun      *struct{ ID string }
					Diagnostics []said
				}
			}
			s.ask(`mutation($in: StartDryRunInput!) { startDryRun(input: $in) { dryRun { id } diagnostics { code severity message hint } } }`,
				obj{"in": obj{"document": tt.document}}).into(t, &run)
			require.Nil(t, run.StartDryRun.DryRun)
			tellsOf(t, run.StartDryRun.Diagnostics, tt.code, tt.says)

			saved := s.ask(`mutation($in: SaveProtocolInput!) { saveProtocol(input: $in) { check { diagnostics { code severity message hint } } } }`,
				obj{"in": obj{"document": tt.document, "name": tt.name}})
			if tt.code == "unreadable" {
				require.Equal(t, "INVALID", saved.code(), "only what can be read can be kept")
			} else { // a half-finished drawing
				var kept struct {
					SaveProtocol struct{ Check struct{ Diagnostics []said } }
				}
				saved.into(t, &kept)
				tellsOf(t, kept.SaveProtocol.Check.Diagnostics, tt.code, tt.says)
			}
			require.Less(t, time.Since(began), 3*soon)
		})
	}
}

type said struct{ Code, Severity, Message, Hint string }

// tellsOf makes sure that an error of the code says what is wrong.
func tellsOf(t *testing.T, ds []said, code, says string) {
	t.Helper()
	errors := 0
	for _, d := range ds {
		require.LessOrEqual(t, len(d.Message)+len(d.Hint), 2000, "an answer that people can read")
		if d.Severity != "ERROR" {
			continue
		}
		errors++
		if (code == "" || d.Code == code) && strings.Contains(d.Message+" "+d.Hint, says) {
			return
		}
	}
	raw, err := json.Marshal(ds[:min(len(ds), 10)])
	require.NoError(t, err)
	t.Fatalf("no error %s that says %q among %d: %s", code, says, errors, raw)
}

func TestAnExpressionOfTenMegabytesIsTooLargeForARequest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.ask(`query($in: CheckProtocolInput!) { checkProtocol(input: $in) { ok } }`, obj{"in": obj{"document": flow(wait(strings.Repeat("1+", 5<<20) + "1"))}})
	require.Equal(t, "TOO_LARGE", a.code())
	require.Empty(t, s.ask("{viewer{id}}", nil).Errors, "and the next is served")
}
