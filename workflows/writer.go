package workflows

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/lab"
)

// writer is what still has to be written to the store. Events of one turn go in
// one local activity; while it runs, the next ones gather.
type writer struct {
	seq     int64
	events  []lab.RunEvent
	writing bool

	stored lab.RunStatus // in the store
	late   bool          // the store does not answer quickly
	closed bool
}

// maxBatch keeps a batch below Temporal's limit of a payload.
const maxBatch = 500

// startWriting starts the two coroutines; stored is the status the store has.
func (r *run) startWriting(stored lab.RunStatus) {
	w := &r.writer
	w.stored = stored
	workflow.Go(r.ctx, func(ctx workflow.Context) {
		for {
			r.await(ctx, func() bool { return len(w.events) > 0 || w.closed })
			if len(w.events) == 0 {
				return
			}
			n := min(len(w.events), maxBatch)
			batch := w.events[:n:n]
			w.events, w.writing = w.events[n:], true
			err := r.store(ctx, act.RecordEvents, activities.RecordEventsInput{Events: batch}, nil, "record events")
			if err != nil { // only what will never succeed
				workflow.GetLogger(r.ctx).Error("events of the run are not recorded", "error", err, "first", batch[0].Seq)
			}
			w.writing = false
		}
	})
	workflow.Go(r.ctx, func(ctx workflow.Context) {
		for {
			r.await(ctx, func() bool { return w.stored != r.status && !r.status.Final() || w.closed })
			if w.closed {
				return
			}
			want := r.status
			in := activities.SetStatusInput{Run: r.in.Run, Status: want}
			if err := workflow.ExecuteLocalActivity(quick(ctx), act.SetStatus, in).Get(ctx, nil); err != nil && !never(err) {
				w.late = true
				_ = workflow.ExecuteActivity(persistent(ctx, "show status "+string(want)), act.SetStatus, in).Get(ctx, nil)
				w.late = false
			}
			w.stored = want
		}
	})
}

// record adds an event to what will be written.
func (r *run) record(kind, node, name string, body json.RawMessage) {
	w := &r.writer
	w.seq++
	if len(body) == 0 {
		body = json.RawMessage(`{}`)
	}
	w.events = append(w.events, lab.RunEvent{
		Run: r.in.Run, Seq: w.seq, At: workflow.Now(r.ctx), Kind: kind, Node: node, Name: name, Body: body,
	})
}

// recordText records an event with a text for people.
func (r *run) recordText(kind, node, name, text string) {
	r.record(kind, node, name, words(map[string]any{"text": text}))
}

// become changes the status where people see it.
func (r *run) become(status lab.RunStatus) {
	if r.status == status {
		return
	}
	r.status = status
	r.record("status", "", string(status), nil)
	if err := workflow.UpsertTypedSearchAttributes(r.ctx, AttributeStatus.ValueSet(string(status))); err != nil {
		workflow.GetLogger(r.ctx).Error("search attribute not set", "error", err)
	}
}

// written waits until the events are in the store.
func (r *run) written() {
	w := &r.writer
	r.await(r.ctx, func() bool { return len(w.events) == 0 && !w.writing })
}

// store does a piece of work in the store: quickly, or else for as long as it
// takes. An error is one that will never go away.
func (r *run) store(ctx workflow.Context, activity, in, out any, what string) error {
	err := workflow.ExecuteLocalActivity(quick(ctx), activity, in).Get(ctx, out)
	if err == nil || never(err) {
		return err
	}
	return workflow.ExecuteActivity(persistent(ctx, what), activity, in).Get(ctx, out)
}

// never reports whether trying again is in vain.
func never(err error) bool {
	app, ok := errors.AsType[*temporal.ApplicationError](err)
	return ok && app.NonRetryable() || temporal.IsCanceledError(err)
}

// reason is what people are told of an error.
func reason(err error) string {
	if app, ok := errors.AsType[*temporal.ApplicationError](err); ok {
		return app.Message()
	}
	return err.Error()
}

// show tells Temporal's page of the run what happens now. It leaves no trace in
// the history.
func (r *run) show() {
	var b strings.Builder
	b.WriteString("**" + string(r.status) + "**")
	if r.ending != "" {
		b.WriteString(", to be " + string(r.ending) + ": " + r.why)
	}
	b.WriteString("\n\n")
	for _, f := range r.flights {
		b.WriteString("- " + r.what(f) + "\n")
	}
	for _, s := range r.held {
		b.WriteString("- held back: " + r.label(s.Node) + "\n")
	}
	if r.sealed != nil {
		for _, e := range r.sealed.Missing {
			b.WriteString("- rows expected from `" + e.Device + "`: boot " + e.Boot + " up to " + strconv.FormatInt(e.Seq, 10) + "\n")
		}
	}
	workflow.SetCurrentDetails(r.ctx, limit(b.String(), 10_000))
}
