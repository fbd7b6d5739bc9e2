package workflows

import "encoding/json"

// encode writes our own types, which have no maps with keys of their own order:
// package json sorts them.
//
//workflowcheck:ignore
func encode(v any) (json.RawMessage, error) { return json.Marshal(v) }

// decode reads what encode, or a device, wrote.
//
//workflowcheck:ignore
func decode(raw json.RawMessage, v any) error { return json.Unmarshal(raw, v) }

// words are the details of an event.
func words(v map[string]any) json.RawMessage {
	b, err := encode(v)
	if err != nil {
		return nil
	}
	return b
}
