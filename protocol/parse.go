package protocol

import (
	"encoding/json"
	"fmt"
	"strings"

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

// clip keeps a message readable when a hostile document is not.
func clip(s string) string {
	if len(s) <= 200 {
		return s
	}
	return strings.ToValidUTF8(s[:200], "") + "…"
}
