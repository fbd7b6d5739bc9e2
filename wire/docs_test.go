package wire_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

func page(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../docs/wire.md")
	require.NoError(t, err)
	return string(b)
}

// Every example is read as an agent or the server reads it, and has no field
// that the types do not have.
func TestTheExamplesAreMessages(t *testing.T) {
	t.Parallel()
	kinds := map[string]struct {
		of     any
		decode func([]byte) error
	}{
		"command":       {wire.Command{}, func(b []byte) error { _, err := wire.DecodeCommand(b); return err }},
		"reply":         {wire.Reply{}, func(b []byte) error { _, err := wire.DecodeReply(b); return err }},
		"batch":         {wire.EventBatch{}, func(b []byte) error { _, err := wire.DecodeBatch(b); return err }},
		"ack":           {wire.Ack{}, func(b []byte) error { _, err := wire.DecodeAck(b); return err }},
		"status":        {wire.Status{}, func(b []byte) error { _, err := wire.DecodeStatus(b); return err }},
		"config":        {wire.Config{}, func(b []byte) error { _, err := wire.DecodeConfig(b); return err }},
		"levels":        {wire.Levels{}, func(b []byte) error { _, err := wire.DecodeLevels(b); return err }},
		"task":          {of: wire.TaskBody{}},
		"set":           {of: wire.SetBody{}},
		"pulse":         {of: wire.PulseBody{}},
		"read":          {of: wire.ReadBody{}},
		"control":       {of: wire.ControlBody{}},
		"safe":          {of: wire.SafeBody{}},
		"parameters":    {of: wire.ParametersBody{}},
		"watch":         {of: wire.WatchBody{}},
		"task_result":   {of: wire.TaskResult{}},
		"task_progress": {of: wire.TaskProgress{}},
		"pulse_result":  {of: wire.PulseResult{}},
		"read_result":   {of: wire.ReadResult{}},
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile("(?s)```json (\\w+)\n(.*?)```").FindAllStringSubmatch(page(t), -1) {
		kind, ok := kinds[m[1]]
		require.True(t, ok, "an example of no kind: %s", m[1])
		seen[m[1]] = true
		d := json.NewDecoder(strings.NewReader(m[2]))
		d.DisallowUnknownFields()
		require.NoError(t, d.Decode(reflect.New(reflect.TypeOf(kind.of)).Interface()), m[1])
		if kind.decode != nil {
			require.NoError(t, kind.decode([]byte(m[2])), m[1])
		}
	}
	require.Len(t, seen, len(kinds), "every kind has an example: %v", seen)
}

// Every field, verb, state and reason of the package is on the page.
func TestThePageIsComplete(t *testing.T) {
	t.Parallel()
	text := page(t)
	mentioned := func(name string) bool {
		return strings.Contains(text, "`"+name+"`") || strings.Contains(text, strconv.Quote(name)+":")
	}
	for _, v := range []any{
		wire.Command{},
		wire.Reply{},
		wire.Reason{},
		wire.EventBatch{},
		wire.Ack{},
		wire.Status{},
		wire.Rig{},
		wire.RigChannel{},
		wire.Config{},
		wire.TaskBody{},
		wire.SetBody{},
		wire.PulseBody{},
		wire.ReadBody{},
		wire.ControlBody{},
		wire.SafeBody{},
		wire.ParametersBody{},
		wire.WatchBody{},
		wire.Levels{},
		wire.Level{},
		wire.TaskResult{},
		wire.TaskProgress{},
		wire.PulseResult{},
		wire.ReadResult{},
	} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
			if f.Anonymous {
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			require.True(t, mentioned(name), "%T.%s is not described", v, f.Name)
		}
	}
	for _, c := range constants(t) {
		require.True(t, mentioned(c), "%q is not described", c)
	}
	for _, limit := range []struct {
		n    int
		text string
	}{
		{wire.MaxCommandBytes, "1 MiB"},
		{wire.MaxReplyBytes, "256 KiB"},
		{wire.MaxBatchBytes, "256 KiB"},
		{wire.MaxAckBytes, "4 KiB"},
		{wire.MaxStatusBytes, "256 KiB"},
		{wire.MaxConfigBytes, "256 KiB"},
		{wire.MaxLevelsBytes, "64 KiB"},
		{wire.MaxBatchRows, "1000 rows"},
		{wire.MaxIDBytes, "256 bytes"},
	} {
		n, unit, _ := strings.Cut(limit.text, " ")
		want, err := strconv.Atoi(n)
		require.NoError(t, err)
		require.Equal(t, want*map[string]int{"KiB": 1 << 10, "MiB": 1 << 20, "rows": 1, "bytes": 1}[unit], limit.n)
		require.Contains(t, text, limit.text)
	}
}

// constants are the values of the package's string constants that go over the
// wire.
func constants(t *testing.T) (all []string) {
	t.Helper()
	for _, file := range []string{"wire.go", "topic.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, name := range s.Names {
				lit, ok := s.Values[min(i, len(s.Values)-1)].(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING || !name.IsExported() || strings.HasPrefix(name.Name, "Interrupt") && name.Name != "Interrupted" {
					continue
				}
				v, err := strconv.Unquote(lit.Value)
				require.NoError(t, err)
				all = append(all, v)
			}
			return true
		})
	}
	require.Contains(t, all, wire.ReasonUnknownVerb)
	return all
}

func FuzzDecode(f *testing.F) {
	for _, m := range regexp.MustCompile("(?s)```json \\w+\n(.*?)```").FindAllSubmatch(must(os.ReadFile("../docs/wire.md")), -1) {
		f.Add(m[1])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		// Whatever was accepted can be said again and means the same.
		if v, err := wire.DecodeCommand(b); err == nil {
			again(t, v, wire.EncodeCommand, wire.DecodeCommand)
		}
		if v, err := wire.DecodeReply(b); err == nil {
			again(t, v, wire.EncodeReply, wire.DecodeReply)
		}
		if v, err := wire.DecodeBatch(b); err == nil {
			again(t, v, wire.EncodeBatch, wire.DecodeBatch)
		}
		if v, err := wire.DecodeAck(b); err == nil {
			again(t, v, wire.EncodeAck, wire.DecodeAck)
		}
		if v, err := wire.DecodeStatus(b); err == nil {
			again(t, v, wire.EncodeStatus, wire.DecodeStatus)
		}
		if v, err := wire.DecodeConfig(b); err == nil {
			again(t, v, wire.EncodeConfig, wire.DecodeConfig)
		}
		if v, err := wire.DecodeLevels(b); err == nil {
			again(t, v, wire.EncodeLevels, wire.DecodeLevels)
		}
		_, _, _ = wire.ParseTopic(string(b))
	})
}

func again[T any](t *testing.T, v T, encode func(T) ([]byte, error), decode func([]byte) (T, error)) {
	t.Helper()
	first, err := encode(v)
	if err != nil {
		return // it grew over the limit by being escaped
	}
	w, err := decode(first)
	require.NoError(t, err)
	second, err := encode(w)
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second), "%s\n%s", first, second)
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
