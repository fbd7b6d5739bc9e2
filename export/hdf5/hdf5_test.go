package hdf5_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/export/hdf5"
	"github.com/lics-lab/lics/licstest/python"
)

// read is a file as h5py sees it.
func read(t *testing.T, dir string, g *hdf5.Group) node {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, hdf5.Write(&b, g))
	file := filepath.Join(dir, "test.h5")
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
	var n node
	require.NoError(t, json.Unmarshal(python.Run(t, "testdata/dump.py", file), &n))
	return n
}

type node struct {
	Attributes map[string]value `json:"attributes"`
	Members    map[string]node  `json:"members"`
	Type       string           `json:"type"`
	Shape      []int            `json:"shape"`
	Value      any              `json:"value"`
}

type value struct {
	Type  string `json:"type"`
	Value any    `json:"value"`
}

func TestAnIndependentReaderSeesEveryKindOfValue(t *testing.T) {
	t.Parallel()
	root := &hdf5.Group{}
	root.Attribute("name", hdf5.String("µl, 日本"))
	root.Attribute("names", hdf5.Strings("a", "", "c"))
	root.Attribute("whole", hdf5.Int(-3))
	root.Attribute("number", hdf5.Float(0.1))
	root.Attribute("yes", hdf5.Bool(true))
	root.Value("text", hdf5.String("one\ntwo"))
	root.Value("list", hdf5.Strings("x"))
	inner := root.Group("a group").Group("inner")
	inner.Attribute("up", hdf5.Reference(root.Value("target", hdf5.Int(7))))
	got := read(t, t.TempDir(), root)
	require.Equal(t, node{
		Attributes: map[string]value{
			"name": {"text utf-8 None", "µl, 日本"}, "names": {"text utf-8 None", []any{"a", "", "c"}},
			"whole": {"int64", -3.0}, "number": {"float64", "0.1"}, "yes": {"bool", true},
		},
		Members: map[string]node{
			"text":   {Type: "text utf-8 None", Shape: []int{}, Value: "one\ntwo", Attributes: map[string]value{}},
			"list":   {Type: "text utf-8 None", Shape: []int{1}, Value: []any{"x"}, Attributes: map[string]value{}},
			"target": {Type: "int64", Shape: []int{}, Value: 7.0, Attributes: map[string]value{}},
			"a group": {Attributes: map[string]value{}, Members: map[string]node{
				"inner": {Attributes: map[string]value{"up": {"reference", "-> /target"}}, Members: map[string]node{}},
			}},
		},
	}, got)
}

// wanted is a column and what h5py should make of it.
type wanted struct {
	kind   string
	column *hdf5.Column
	values []any
}

func column(t *rapid.T, rows int) wanted {
	values := make([]any, rows)
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		c := hdf5.NewInts()
		for i := range rows {
			v := rapid.Int64Range(-1<<53, 1<<53).Draw(t, "int") // as far as JSON, which brings it back, is exact
			require.NoError(t, c.Int(v))
			values[i] = float64(v)
		}
		return wanted{"int64", c, values}
	case 1:
		c := hdf5.NewCounts()
		for i := range rows {
			v := rapid.Uint64Range(0, 1<<53).Draw(t, "count")
			require.NoError(t, c.Count(v))
			values[i] = float64(v)
		}
		return wanted{"uint64", c, values}
	case 2:
		c := hdf5.NewFloats()
		for i := range rows {
			v := rapid.OneOf(rapid.Float64(), rapid.Just(math.NaN()), rapid.Just(math.Inf(-1))).Draw(t, "float")
			require.NoError(t, c.Float(v))
			values[i] = v
		}
		return wanted{"float64", c, values}
	case 3:
		c := hdf5.NewBools()
		for i := range rows {
			v := rapid.Bool().Draw(t, "bool")
			require.NoError(t, c.Bool(v))
			values[i] = v
		}
		return wanted{"bool", c, values}
	}
	c := hdf5.NewStrings()
	for i := range rows {
		v := rapid.StringN(0, 40, -1).Draw(t, "string")
		if rapid.IntRange(0, 200).Draw(t, "long") == 0 {
			v = strings.Repeat(v+"x", 5000) // more than one collection holds
		}
		require.NoError(t, c.String(v))
		cut, _, _ := strings.Cut(v, "\x00")
		values[i] = strings.ToValidUTF8(cut, "\uFFFD")
	}
	return wanted{"text utf-8 None", c, values}
}

func (w wanted) check(t *rapid.T, got node) {
	require.Equal(t, w.kind, got.Type)
	require.Equal(t, []int{len(w.values)}, got.Shape)
	values := got.Value.([]any)
	require.Len(t, values, len(w.values))
	for i, v := range w.values {
		if f, ok := v.(float64); ok && w.kind == "float64" {
			back, err := strconv.ParseFloat(values[i].(string), 64)
			require.NoError(t, err)
			require.Equal(t, math.Float64bits(f), math.Float64bits(back), "%v", f)
			continue
		}
		require.Equal(t, v, values[i])
	}
}

func TestRandomTablesAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	test, dir := t, t.TempDir()
	tables := 0
	rapid.Check(t, func(t *rapid.T) {
		if tables++; tables > 20 {
			return // each starts an interpreter
		}
		root := &hdf5.Group{}
		all := map[string]wanted{}
		for range rapid.IntRange(0, 12).Draw(t, "columns") {
			name := rapid.StringMatching(`[^/\x00.]{1,30}`).Draw(t, "name")
			if _, twice := all[name]; twice || strings.ToValidUTF8(name, "") != name {
				continue
			}
			w := column(t, rapid.SampledFrom([]int{0, 1, 7, 300, 4000}).Draw(t, "rows"))
			defer w.column.Close()
			root.Column(name, w.column).Attribute("description", hdf5.String(name))
			all[name] = w
		}
		got := read(test, dir, root)
		require.Len(t, got.Members, len(all))
		for name, w := range all {
			w.check(t, got.Members[name])
			require.Equal(t, name, got.Members[name].Attributes["description"].Value)
		}
	})
}

func TestEqualContentGivesEqualBytes(t *testing.T) {
	t.Parallel()
	write := func() []byte {
		root := &hdf5.Group{}
		c := hdf5.NewStrings()
		for i := range 10_000 {
			require.NoError(t, c.String(strconv.Itoa(i)))
		}
		root.Column("c", c).Attribute("n", hdf5.Int(1))
		var b bytes.Buffer
		require.NoError(t, hdf5.Write(&b, root))
		return b.Bytes()
	}
	require.True(t, bytes.Equal(write(), write()))
}

func TestWhatTheFormatCannotHoldIsRefused(t *testing.T) {
	t.Parallel()
	for name, build := range map[string]func(*hdf5.Group){
		"is there twice": func(g *hdf5.Group) { g.Group("a"); g.Group("a") },
		"no slash":       func(g *hdf5.Group) { g.Group("a/b") },
		"a name has 1":   func(g *hdf5.Group) { g.Group("x").Attribute("", hdf5.Int(1)) },
		"not in the file": func(g *hdf5.Group) {
			g.Attribute("a", hdf5.Reference((&hdf5.Group{}).Group("elsewhere")))
		},
		"does not fit": func(g *hdf5.Group) { g.Attribute("a", hdf5.Strings(make([]string, 5000)...)) },
	} {
		g := &hdf5.Group{}
		build(g)
		require.ErrorContains(t, hdf5.Write(&bytes.Buffer{}, g), name)
	}
	require.Error(t, hdf5.NewInts().Float(1))
	require.Error(t, hdf5.NewFloats().String("x"))
}
