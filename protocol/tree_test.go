package protocol_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/protocol"
)

// The reader of trees trusts that the JSON is valid and reads it like the
// standard library.
func TestTreesAreReadLikeTheStandardLibraryReadsThem(t *testing.T) {
	t.Parallel()
	check := func(raw []byte) {
		var want any
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		require.NoError(t, d.Decode(&want))
		got, err := protocol.DecodeTree(raw)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, s := range []string{
		`{}`, `[]`, ` [ ] `, `null`, `""`, `-0.5e+10`, "\t{\n\"a\" : [ 1 , 2.5 , {\"b\":null} ] , \"\" : true }\r\n",
		`"a\"b\\"`, `"\u00e9\ud83d\ude00\n"`, `["é",false,"\\"]`, `"\ud800"`,
	} {
		check([]byte(s))
	}
	rapid.Check(t, func(rt *rapid.T) {
		raw, err := json.Marshal(anyJSON(rt, 4))
		require.NoError(t, err)
		check(raw)
	})
}

func anyJSON(rt *rapid.T, depth int) any {
	switch rapid.IntRange(0, 6-2*min(1, max(0, 1-depth))).Draw(rt, "kind") {
	case 0:
		return rapid.String().Draw(rt, "string")
	case 1:
		return rapid.Float64Range(-1e9, 1e9).Draw(rt, "float")
	case 2:
		return rapid.Bool().Draw(rt, "bool")
	case 3:
		return nil
	case 4:
		return rapid.Int64().Draw(rt, "int")
	case 5:
		list := []any{}
		for range rapid.IntRange(0, 4).Draw(rt, "length") {
			list = append(list, anyJSON(rt, depth-1))
		}
		return list
	}
	m := map[string]any{}
	for range rapid.IntRange(0, 4).Draw(rt, "size") {
		m[rapid.String().Draw(rt, "key")] = anyJSON(rt, depth-1)
	}
	return m
}
