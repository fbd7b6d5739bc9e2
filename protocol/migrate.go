package protocol

import (
	"encoding/json"
	"strconv"

	"github.com/lics-lab/lics/lab"
)

// migrations lift a document by one format each: migrations[0] makes format 2
// from format 1, and so on. A step works on the tree and not on the types of
// today, which will have changed by then; it is never edited once released.
var migrations = []func(root map[string]any) error{}

// migrate lifts a document to Format and says whether it had to.
func migrate(root map[string]any) (bool, error) {
	if kind, _ := root["kind"].(string); kind != DocumentKind {
		return false, lab.FieldErrorf("kind", "This is not a protocol: its field kind is %.60q, not %q. Export the protocol from the editor.", kind, DocumentKind)
	}
	n, _ := root["format"].(json.Number)
	format, err := n.Int64()
	switch {
	case err != nil || format < 1:
		return false, lab.FieldErrorf("format", "The field format is missing or no version. Write \"format\": %d.", Format)
	case format > Format:
		return false, lab.FieldErrorf("format", "The protocol has format %d and this server reads up to %d. Update the server.", format, Format)
	case format == Format:
		return false, nil
	}
	for _, step := range migrations[format-1:] {
		if err := step(root); err != nil {
			return false, err
		}
	}
	root["format"] = json.Number(strconv.Itoa(Format))
	return true, nil
}
