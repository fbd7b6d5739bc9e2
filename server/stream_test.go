package server_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/server"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

const runEvents = `subscription($run: ID!, $after: Cursor) { runEvents(runId: $run, after: $after) {
	cursor source kind name node value deviceId taskTimeNs trial } }`

type event struct {
	Cursor, Source, Kind, Name string
	Value                      json.RawMessage
	DeviceID                   *string
	TaskTimeNs                 *int64
}

// events reads n events of an operation.
func (c *socket) events(id string, n int) []event {
	c.t.Helper()
	var out []event
	for len(out) < n {
		m := c.next()
		require.Equal(c.t, id, m.ID)
		require.Equal(c.t, "next", m.Type, string(m.Payload))
		var p struct{ Data struct{ RunEvents event } }
		require.NoError(c.t, json.Unmarshal(m.Payload, &p))
		out = append(out, p.Data.RunEvents)
	}
	return out
}

// record has the workflow and the device write down what happens, as they do:
// in transactions of their own, each told to the feed.
type record struct {
	s    *site
	run  string
	seq  int64 // of the run's events
	rows int64 // of the device
}

func (r *record) event(kind, name string) {
	r.s.t.Helper()
	r.seq++
	e := lab.RunEvent{Run: r.run, Seq: r.seq, At: time.Now(), Kind: kind, Name: name, Body: json.RawMessage(`{}`)}
	require.NoError(r.s.t, r.s.store.AppendRunEvents(r.s.t.Context(), []lab.RunEvent{e}))
	r.s.events.Nudge(r.run)
}

func (r *record) batch(names ...string) {
	r.s.t.Helper()
	b := wire.EventBatch{V: 1, Device: "rig-1", Boot: "b1", First: r.rows + 1, Run: r.run, Command: r.run + "/task/1", Node: "task", Start: time.Now().UnixNano()}
	for _, name := range names {
		b.Rows = append(b.Rows, task.Row{At: time.Duration(r.rows) * time.Millisecond, Kind: task.KindState, Name: name, Trial: 1})
		r.rows++
	}
	_, _, err := r.s.store.StoreBatch(r.s.t.Context(), b)
	require.NoError(r.s.t, err)
	r.s.events.Nudge(r.run)
}

func TestASubscriptionGoesOnAtItsCursorWithoutGap(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.event("step_started", "")
	r.batch("wait", "reward")
	want := 3

	seen := map[string]int{}
	var after string
	for round := range 6 {
		c := s.open()
		v := map[string]any{"run": r.run}
		if after != "" {
			v["after"] = after
		}
		c.subscribe("1", runEvents, v)
		r.batch(fmt.Sprintf("a%d", round), fmt.Sprintf("b%d", round)) // while it begins
		r.event("note", fmt.Sprint(round))
		want += 3
		for _, e := range c.events("1", 2) { // not all: the rest comes to the next one
			seen[e.Source+e.Kind+e.Name]++
			after = e.Cursor
		}
		require.NoError(t, c.conn.CloseNow())
	}
	r.event("status", "COMPLETED")
	want++
	_, err := s.store.FinishRun(t.Context(), r.run, lab.RunCompleted, "done", "")
	require.NoError(t, err)

	c := s.open()
	c.subscribe("1", runEvents, map[string]any{"run": r.run, "after": after})
	for _, e := range c.events("1", want-len(seen)) {
		seen[e.Source+e.Kind+e.Name]++
	}
	require.Len(t, seen, want)
	for name, n := range seen {
		require.Equal(t, 1, n, name)
	}
	require.Equal(t, "complete", c.next().Type, "the run is over")
}

func TestAPageOfEventsAndTheStreamHaveTheSameCursors(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.batch("wait", "reward", "wait")
	r.event("step_done", "limit")
	var got struct {
		Run struct {
			Events struct {
				Nodes    []event
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
	}
	s.ask(`query($run: ID!) { run(id: $run) { events(first: 2) {
		nodes { cursor source kind name deviceId taskTimeNs value } pageInfo { hasNextPage endCursor } } } }`,
		map[string]any{"run": r.run}).into(t, &got)
	require.True(t, got.Run.Events.PageInfo.HasNextPage)
	require.Equal(t, "rig-1", *got.Run.Events.Nodes[0].DeviceID)
	require.Equal(t, int64(1e6), *got.Run.Events.Nodes[1].TaskTimeNs)

	c := s.open()
	c.subscribe("1", runEvents, map[string]any{"run": r.run, "after": got.Run.Events.PageInfo.EndCursor})
	rest := c.events("1", 2)
	require.Equal(t, []string{"state", "step_done"}, []string{rest[0].Kind, rest[1].Kind})
}

func TestACursorOfAnotherRunIsRefused(t *testing.T) {
	t.Parallel()
	s := ready(t)
	r := &record{s: s, run: s.begun()}
	r.event("note", "1")
	c := s.open()
	c.subscribe("1", runEvents, map[string]any{"run": r.run})
	cursor := c.events("1", 1)[0].Cursor
	c.subscribe("2", runEvents, map[string]any{"run": s.begun(), "after": cursor})
	m := c.next()
	require.Equal(t, "2", m.ID)
	require.Contains(t, string(m.Payload), "The cursor cannot be read.")
	c.subscribe("3", runEvents, map[string]any{"run": "nothing"})
	for m.ID != "3" {
		m = c.next()
	}
	require.Contains(t, string(m.Payload), "NOT_FOUND")
}

func TestASocketThatDoesNotReadIsDisconnectedAndOthersGoOn(t *testing.T) {
	t.Parallel()
	s := ready(t, func(c *server.Config) { c.Transport.WriteTimeout = 200 * time.Millisecond })
	r := &record{s: s, run: s.begun()}
	stalled, reader := s.open(), s.open()
	stalled.subscribe("1", runEvents, map[string]any{"run": r.run})
	reader.subscribe("1", runEvents, map[string]any{"run": r.run})

	text := expr.StringValue(strings.Repeat("x", 200_000))
	for i := range 70 { // far more than the buffers of a connection hold
		b := wire.EventBatch{
			V: 1, Device: "rig-1", Boot: "b1", First: int64(i + 1), Run: r.run, Command: "c", Start: 1,
			Rows: []task.Row{{Kind: task.KindPrint, Value: text}},
		}
		_, _, err := s.store.StoreBatch(t.Context(), b)
		require.NoError(t, err)
		s.events.Nudge(r.run)
		reader.events("1", 1)
	}
	require.Eventually(t, func() bool {
		_, metrics := s.get("/metrics")
		return strings.Contains(metrics, "lics_graphql_sockets 1")
	}, 3*soon, 5*time.Millisecond)
	require.NoError(t, reader.conn.CloseNow())
	s.gone()
	require.Eventually(t, func() bool { return s.events.Watched() == 0 }, soon, 5*time.Millisecond)
}

func TestAReaderThatIsTooSlowIsToldAndGoesOnAtItsCursor(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.events.Ring = 4
	r := &record{s: s, run: s.begun()}
	r.event("note", "first")
	c := s.open()
	c.subscribe("1", runEvents, map[string]any{"run": r.run})
	last := c.events("1", 1)[0]
	text := expr.StringValue(strings.Repeat("x", 200_000))
	for i := range 70 {
		b := wire.EventBatch{
			V: 1, Device: "rig-1", Boot: "b1", First: int64(i + 1), Run: r.run, Command: "c", Start: 1,
			Rows: []task.Row{{Kind: task.KindPrint, Value: text}},
		}
		_, _, err := s.store.StoreBatch(t.Context(), b)
		require.NoError(t, err)
		events, err := s.store.RunStream(t.Context(), r.run, lab.Position{Events: 1}.WithRow("rig-1", "b1", int64(i)), 1)
		require.NoError(t, err)
		s.events.Publish(r.run, events)
	}
	seen := 0
	for {
		m := c.next()
		if m.Type == "error" {
			require.Contains(t, string(m.Payload), "UNAVAILABLE")
			require.Contains(t, string(m.Payload), "too slow")
			break
		}
		var p struct{ Data struct{ RunEvents event } }
		require.NoError(t, json.Unmarshal(m.Payload, &p))
		last = p.Data.RunEvents
		seen++
	}
	require.Less(t, seen, 70)
	c.subscribe("2", runEvents, map[string]any{"run": r.run, "after": last.Cursor})
	c.events("2", 70-seen)
}

func TestTheStateOfDevicesIsToldAsItChanges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.box("rig-1", true)
	s.box("rig-2", true)
	c := s.open()
	c.subscribe("1", `subscription { deviceStatus(id: "rig-1") { id online version rig { channels { name direction } } } }`, nil)
	require.Contains(t, string(c.next().Payload), `"id":"rig-1","online":true,"version":"1.2.3"`)
	s.box("rig-1", false)
	for _, id := range []string{"rig-2", "rig-1"} { // of which only one is wanted
		d, err := s.store.Device(t.Context(), s.user.Organisation, id)
		require.NoError(t, err)
		s.devices.Publish(d)
	}
	require.Contains(t, string(c.next().Payload), `"id":"rig-1","online":false`)
}

func TestRunsAreToldAsTheyChangeWhoeverChangesThem(t *testing.T) {
	t.Parallel()
	s := ready(t, func(c *server.Config) { c.Resolver.Look = 20 * time.Millisecond })
	id := s.begun()
	c := s.open()
	c.subscribe("1", `subscription { runs { id status } }`, nil)
	require.Contains(t, string(c.next().Payload), id+`","status":"STARTING"`)
	_, err := s.store.BeginRun(t.Context(), id) // another process: nobody tells
	require.NoError(t, err)
	require.Contains(t, string(c.next().Payload), id+`","status":"RUNNING"`)
	_, err = s.store.FinishRun(t.Context(), id, lab.RunFailed, "", "broken")
	require.NoError(t, err)
	require.Contains(t, string(c.next().Payload), id+`","status":"FAILED"`)
}
