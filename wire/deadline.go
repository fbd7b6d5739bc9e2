package wire

import (
	"context"
	"time"
)

// GoodFor is how long one sending of a command is good for. Whoever still wants
// it sends it again before that; a message that lay in a broker for longer is
// of somebody who may have given up, and the device refuses it.
const GoodFor = 10 * time.Second

// Dated is a command as it is sent now: with the time, and, if it has no
// deadline of its own, with that of this sending, which is not after the end of
// ctx. What only ends something is never too late.
func (c Command) Dated(ctx context.Context, now time.Time) Command {
	c.At = now.UnixNano()
	if c.Deadline != 0 || c.Verb == VerbStop || c.Verb == VerbAbort || c.Verb == VerbSafe {
		return c
	}
	until := now.Add(GoodFor)
	if end, ok := ctx.Deadline(); ok && end.Before(until) {
		until = end
	}
	c.Deadline = until.UnixMilli()
	return c
}

// Late reports whether a device refused only this sending of a command: its
// deadline had passed, and a later one may be taken.
func (r Reply) Late() bool {
	return r.State == Refused && r.Reason != nil && r.Reason.Code == ReasonDeadline
}
