package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol/schema"
)

// Parse reads a document of any released format. Its error is a *lab.Error
// that names the place and says what to do. What a node's data means is not
// looked at: that is for Check.
func Parse(data []byte) (*Graph, error) {
	if len(data) > MaxBytes {
		return nil, lab.Errorf(lab.TooLarge, "The protocol has %d bytes, at most %d are possible. Split it, or remove pictures and logs from its metadata.", len(data), MaxBytes)
	}
	tree, err := decodeTree(data)
	if err != nil {
		return nil, err
	}
	root, ok := tree.(map[string]any)
	if !ok {
		return nil, lab.FieldErrorf("", "A protocol is a JSON object that begins with {\"kind\": %q, \"format\": %d, …}.", DocumentKind, Format)
	}
	migrated, err := migrate(root)
	if err != nil {
		return nil, err
	}
	if problems := document.Validate(root); len(problems) > 0 {
		return nil, documentError(problems)
	}
	if migrated {
		if data, err = json.Marshal(root); err != nil {
			return nil, lab.FieldErrorf("", "The migrated protocol cannot be written: %v.", err)
		}
	}
	g := &Graph{}
	if err := json.Unmarshal(data, g); err != nil { // the schema has let it pass: a number too large for its field
		return nil, lab.FieldErrorf("", "The protocol cannot be read: %v.", err)
	}
	return g, nil
}

// documentError says the first few problems; a person mends them one by one.
func documentError(problems []schema.Problem) error {
	const shown = 5
	lines := make([]string, 0, shown+1)
	for i, p := range problems {
		if i == shown {
			lines = append(lines, fmt.Sprintf("and %d more.", len(problems)-shown))
			break
		}
		line := p.Message
		if !strings.HasPrefix(line, p.Path) {
			line = p.Path + ": " + line
		}
		if p.Hint != "" {
			line += " (" + strings.TrimSuffix(p.Hint, ".") + ")"
		}
		lines = append(lines, line+".")
	}
	return lab.FieldErrorf(problems[0].Path, "%s", strings.Join(lines, "\n"))
}

// decodeTree reads JSON into maps, slices, strings and json.Numbers. Unlike
// encoding/json alone it refuses a key that stands twice, which two readers
// would understand differently, and too much nesting.
func decodeTree(data []byte) (any, error) {
	if !utf8.Valid(data) {
		return nil, lab.FieldErrorf("", "The protocol is not UTF-8 text. Save the file as UTF-8.")
	}
	r := &reader{d: json.NewDecoder(bytes.NewReader(data)), data: data}
	r.d.UseNumber()
	v, err := r.value("", 0)
	if err != nil {
		return nil, err
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return nil, lab.FieldErrorf("", "%s something follows the end of the protocol. Remove it.", r.place(r.d.InputOffset()))
	}
	return v, nil
}

type reader struct {
	d    *json.Decoder
	data []byte
}

func (r *reader) value(path string, depth int) (any, error) {
	if depth > MaxNesting {
		return nil, lab.FieldErrorf(clip(path), "%s: more than %d levels of brackets. A protocol is not as deep.", clip(path), MaxNesting)
	}
	t, err := r.token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return r.object(path, depth)
	case json.Delim('['):
		list := []any{}
		for r.d.More() {
			v, err := r.value(path+"["+strconv.Itoa(len(list))+"]", depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := r.token()
		return list, err
	}
	return t, nil
}

func (r *reader) object(path string, depth int) (any, error) {
	m := map[string]any{}
	for r.d.More() {
		t, err := r.token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		at := schema.Join(path, key)
		if _, twice := m[key]; twice {
			return nil, lab.FieldErrorf(at, "%s stands twice. Remove one of them.", at)
		}
		if m[key], err = r.value(at, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := r.token()
	return m, err
}

func (r *reader) token() (json.Token, error) {
	t, err := r.d.Token()
	if err == nil {
		return t, nil
	}
	if len(bytes.TrimSpace(r.data)) == 0 {
		return nil, lab.FieldErrorf("", "The protocol is empty. Give its JSON.")
	}
	var syntax *json.SyntaxError
	offset := r.d.InputOffset()
	// A decoder counts from its last token; only a whole document has offsets
	// that mean a place.
	if whole := json.Unmarshal(r.data, new(json.RawMessage)); errors.As(whole, &syntax) {
		offset, err = syntax.Offset, whole
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "unexpected end") {
		return nil, lab.FieldErrorf("", "%s the file ends too early. Was it copied completely?", r.place(int64(len(r.data))))
	}
	return nil, lab.FieldErrorf("", "%s this is not JSON: %v. A comma or a quote is often missing just before.", r.place(offset), err)
}

func (r *reader) place(offset int64) string {
	before := r.data[:min(max(offset, 0), int64(len(r.data)))]
	line := bytes.Count(before, []byte{'\n'}) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("Line %d, column %d:", line, max(column, 1))
}

// clip keeps a message readable when a hostile document is not.
func clip(s string) string {
	if len(s) <= 200 {
		return s
	}
	return strings.ToValidUTF8(s[:200], "") + "…"
}
