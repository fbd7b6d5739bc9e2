package lab

import (
	"encoding/json"
	"time"
)

// LastValue is a variable of a run with the value it was given last. Device and
// Node are empty for one of the session.
type LastValue struct {
	Device string
	Node   string
	Name   string
	Value  json.RawMessage
	At     time.Time
}

// TaskNow is how far the task of a step has come. A task that was interrupted
// and goes on is one.
type TaskNow struct {
	Device  string
	State   string // empty: it is over, or has not begun
	Since   time.Time
	Trials  int           // begun
	Elapsed time.Duration // until Now
}
