package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol/schema"
)

// decodeTree reads a document into maps, slices, strings and json.Numbers.
// Unlike encoding/json it refuses a key that stands twice, which two readers
// would understand differently, and too much nesting.
func decodeTree(data []byte) (any, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, lab.FieldErrorf("", "The protocol is empty. Give its JSON.")
	}
	if !utf8.Valid(data) {
		return nil, lab.FieldErrorf("", "The protocol is not UTF-8 text. Save the file as UTF-8.")
	}
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		return nil, syntaxError(data, err)
	}
	t := tree{data: data, strict: true}
	v := t.value(0)
	return v, t.err
}

// decodeData reads the data of a node or an edge in the same way, but leaves
// what decodeTree has refused in the document: of two equal keys the last
// counts, as for encoding/json, which decodes the same data again.
func decodeData(raw json.RawMessage) (any, error) {
	if !json.Valid(raw) {
		return nil, errors.New("it is not JSON")
	}
	t := tree{data: raw}
	return t.value(0), nil
}

func syntaxError(data []byte, err error) error {
	offset := int64(len(data))
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	}
	if strings.Contains(err.Error(), "unexpected end") {
		return lab.FieldErrorf("", "%s the file ends too early. Was it copied completely?", position(data, len(data)))
	}
	if strings.Contains(err.Error(), "after top-level value") {
		return lab.FieldErrorf("", "%s something follows the end of the protocol. Remove it.", position(data, int(offset)))
	}
	return lab.FieldErrorf("", "%s this is not JSON: %v. A comma or a quote is often missing just before.", position(data, int(offset)), err)
}

// position is where in a text a byte stands, for people.
func position(data []byte, offset int) string {
	before := data[:min(max(offset, 0), len(data))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("Line %d, column %d:", line, max(column, 1))
}

// tree reads JSON that encoding/json has found to be valid: so it need not
// look for mistakes, and is several times faster than a json.Decoder.
type tree struct {
	data   []byte
	pos    int
	path   []byte // where we are, for messages
	strict bool
	err    error
}

func (t *tree) space() byte {
	for t.pos < len(t.data) {
		switch c := t.data[t.pos]; c {
		case ' ', '\t', '\r', '\n':
			t.pos++
		default:
			return c
		}
	}
	return 0
}

func (t *tree) value(depth int) any {
	if t.strict && depth > MaxNesting && t.err == nil {
		at := clip(string(t.path))
		t.err = lab.FieldErrorf(at, "%s: more than %d levels of brackets. A protocol is not as deep.", at, MaxNesting)
	}
	if t.err != nil {
		return nil
	}
	switch t.space() {
	case '{':
		return t.object(depth)
	case '[':
		return t.array(depth)
	case '"':
		return t.text()
	case 't':
		t.pos += len("true")
		return true
	case 'f':
		t.pos += len("false")
		return false
	case 'n':
		t.pos += len("null")
		return nil
	}
	begin := t.pos
	for t.pos < len(t.data) && strings.IndexByte("+-.eE0123456789", t.data[t.pos]) >= 0 {
		t.pos++
	}
	return json.Number(t.data[begin:t.pos])
}

func (t *tree) array(depth int) any {
	list := []any{}
	outer := len(t.path)
	for t.pos++; t.err == nil && t.space() != ']'; {
		if t.strict {
			t.path = append(strconv.AppendInt(append(t.path[:outer], '['), int64(len(list)), 10), ']')
		}
		list = append(list, t.value(depth+1))
		if t.space() == ',' {
			t.pos++
		}
	}
	t.pos++
	t.path = t.path[:outer]
	return list
}

func (t *tree) object(depth int) any {
	m := map[string]any{}
	outer := len(t.path)
	for t.pos++; t.err == nil && t.space() != '}'; {
		key := t.text()
		if t.strict {
			t.path = append(t.path[:0], schema.Join(string(t.path[:outer]), key)...)
			if _, twice := m[key]; twice {
				at := clip(string(t.path))
				t.err = lab.FieldErrorf(at, "%s stands twice. Remove one of them.", at)
				return m
			}
		}
		t.space()
		t.pos++ // the colon
		m[key] = t.value(depth + 1)
		if t.space() == ',' {
			t.pos++
		}
	}
	t.pos++
	t.path = t.path[:outer]
	return m
}

// text reads a string. One without escapes, as nearly all are, is a slice.
func (t *tree) text() string {
	begin := t.pos
	escaped := false
	for t.pos++; t.data[t.pos] != '"'; t.pos++ {
		if t.data[t.pos] == '\\' {
			escaped = true
			t.pos++
		}
	}
	t.pos++
	if !escaped && utf8.Valid(t.data[begin:t.pos]) {
		return string(t.data[begin+1 : t.pos-1])
	}
	var s string
	if err := json.Unmarshal(t.data[begin:t.pos], &s); err != nil {
		return "" // not with valid JSON
	}
	return s
}
