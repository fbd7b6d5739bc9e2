package store

import (
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/task"
)

// outputShape is the column shape of event_row.
type outputShape struct {
	Ramp      time.Duration `json:"ramp_ns,omitempty"`
	Frequency float64       `json:"frequency_hz,omitempty"`
}

// shapeOf is how the output of a row gets to its level; nil when it is there at
// once, and of every other row.
func shapeOf(row task.Row) json.RawMessage {
	if row.Kind != task.KindOutput || row.Ramp <= 0 && row.Frequency <= 0 {
		return nil
	}
	raw, err := json.Marshal(outputShape{max(row.Ramp, 0), max(row.Frequency, 0)})
	if err != nil {
		return nil
	}
	return raw
}

func readShape(raw json.RawMessage) (ramp time.Duration, frequency float64) {
	var s outputShape
	if len(raw) > 0 && json.Unmarshal(raw, &s) != nil {
		return 0, 0
	}
	return s.Ramp, s.Frequency
}
