package local

import "time"

// State is what a part is doing, for people who watch it.
type State string

// The states of a part.
const (
	Starting State = "starting"
	Ready    State = "ready"
	Down     State = "down" // it died or did not start; unless stopped, it is being restarted
	Stopping State = "stopping"
	Stopped  State = "stopped"
)

// Event is one change of a part's state.
type Event struct {
	Part   string
	State  State
	Detail string        // with Ready: where it is
	Took   time.Duration // with Ready and Stopped
	Err    error         // with Down, and with Stopped when it did not stop well
}

// Notify is told of every change. It is called from several goroutines.
type Notify func(Event)

func (n Notify) tell(e Event) {
	if n != nil {
		n(e)
	}
}
