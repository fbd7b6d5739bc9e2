package edge_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/edge"
	"github.com/lics-lab/lics/edge/driver/sim"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// world is a broker, a stand-in for the server, and an agent in this process.
type world struct {
	t      testing.TB
	broker *licstest.MQTT
	server *server
	dir    string
	agent  *running
	lease  time.Duration
	drive  func(*edge.Config)
}

type running struct {
	stop func()
	done chan error
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, broker: licstest.StartBroker(t), dir: t.TempDir(), lease: 300 * time.Millisecond}
	w.server = newServer(t, w.url(), "box")
	return w
}

func (w *world) url() string { return "mqtt://" + w.broker.Addr() }

// start runs an agent until the test or the returned function ends it.
func (w *world) start() {
	w.t.Helper()
	ready := make(chan struct{})
	cfg := edge.Simulated(edge.Config{
		Device: "box", Broker: w.url(), StateDir: w.dir, Lease: w.lease, Version: "test",
		Log: testLog(w.t), Ready: sync.OnceFunc(func() { close(ready) }),
		Rig: []byte(testRig),
	})
	if w.drive != nil {
		w.drive(&cfg)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	r := &running{stop: cancel, done: make(chan error, 1)}
	go func() { r.done <- edge.Run(ctx, cfg) }()
	w.agent = r
	w.t.Cleanup(func() { w.end() })
	select {
	case <-ready:
	case err := <-r.done:
		require.NoError(w.t, err)
		require.FailNow(w.t, "the agent ended")
	case <-time.After(20 * time.Second):
		require.FailNow(w.t, "the agent does not come up")
	}
}

func (w *world) end() {
	if w.agent == nil {
		return
	}
	w.agent.stop()
	require.NoError(w.t, <-w.agent.done)
	w.agent = nil
}

func (w *world) levels() map[string]float64 {
	edges, err := sim.ReadOutputs(filepath.Join(w.dir, sim.OutputsFile))
	require.NoError(w.t, err)
	return sim.Levels(edges)
}

// edges are what an output did, in order.
func (w *world) edges(channel string) (levels []float64) {
	all, err := sim.ReadOutputs(filepath.Join(w.dir, sim.OutputsFile))
	require.NoError(w.t, err)
	for _, e := range all {
		if e.Channel == channel {
			levels = append(levels, e.Level)
		}
	}
	return levels
}

// testRig has an animal that does nothing by itself.
const testRig = `
name: test
channels:
  - {name: poke, direction: in, driver: sim}
  - {name: led, direction: out, driver: sim}
  - {name: valve, direction: out, driver: sim, max_on: 500ms, calibration: [{microlitres: 1, open: 10ms}, {microlitres: 20, open: 200ms}]}
  - {name: door, direction: out, driver: sim, safe: 1}
  - {name: lost, direction: out, driver: nothing}
animal: {initiation: 0, impulsivity: 0, laziness: 1}
`

func testLog(t testing.TB) *slog.Logger {
	if os.Getenv("LICS_TEST_LOG") == "" {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// server is the other end: it keeps batches as the store does, acknowledges
// them, and hears replies.
type server struct {
	*mqtt.Commander
	t      testing.TB
	client *mqtt.Client
	device string

	mu      sync.Mutex
	deaf    bool // batches are lost before they are stored
	mute    bool // acknowledgements are lost
	stored  map[string]map[int64]task.Row
	commits map[string]string // command of a row, by boot/seq
	payload map[string]string // payload by boot/first: a resend is the same
	boots   []string          // in order of their first row
	replies []wire.Reply
	status  []wire.Status
	changed chan struct{}
}

func newServer(t testing.TB, url, device string) *server {
	t.Helper()
	c, err := mqtt.Connect(t.Context(), mqtt.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	s := &server{
		Commander: mqtt.NewCommander(c, nil), t: t, client: c, device: device, stored: map[string]map[int64]task.Row{},
		commits: map[string]string{}, payload: map[string]string{}, changed: make(chan struct{}, 1),
	}
	s.OnReply(func(_ string, r wire.Reply) {
		s.mu.Lock()
		s.replies = append(s.replies, r)
		s.mu.Unlock()
		s.note()
	})
	require.NoError(t, c.Subscribe(wire.Topic(device, wire.TopicEvents), s.batch))
	require.NoError(t, c.Subscribe(wire.Topic(device, wire.TopicStatus), func(_ string, p []byte) {
		st, err := wire.DecodeStatus(p)
		if err != nil {
			t.Errorf("status: %v", err)
		}
		s.mu.Lock()
		s.status = append(s.status, st)
		s.mu.Unlock()
		s.note()
	}))
	return s
}

func (s *server) note() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

func (s *server) batch(_ string, p []byte) {
	b, err := wire.DecodeBatch(p)
	if err != nil {
		s.t.Errorf("batch: %v", err)
		return
	}
	s.mu.Lock()
	if s.deaf {
		s.mu.Unlock()
		return
	}
	key := b.Boot + "/" + strconv.FormatInt(b.First, 10)
	if was, ok := s.payload[key]; ok && was != string(p) {
		s.t.Errorf("batch %s was sent again with another content", key)
	}
	s.payload[key] = string(p)
	rows := s.stored[b.Boot]
	if rows == nil {
		rows = map[int64]task.Row{}
		s.stored[b.Boot] = rows
		s.boots = append(s.boots, b.Boot)
	}
	for i, r := range b.Rows {
		n := b.First + int64(i)
		rows[n] = r
		s.commits[b.Boot+"/"+strconv.FormatInt(n, 10)] = b.Command
	}
	seq := int64(0)
	for {
		if _, ok := rows[seq+1]; !ok {
			break
		}
		seq++
	}
	mute := s.mute
	s.mu.Unlock()
	s.note()
	if !mute {
		s.ack(b.Boot, seq)
	}
}

func (s *server) ack(boot string, seq int64) {
	b, err := wire.EncodeAck(wire.Ack{Boot: boot, Seq: seq})
	require.NoError(s.t, err)
	_ = s.client.Publish(context.Background(), wire.Topic(s.device, wire.TopicAck), 1, false, b)
}

// await waits for something that the messages bring about.
func (s *server) await(what string, f func() bool) {
	s.t.Helper()
	limit := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		ok := f()
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-s.changed:
		case <-time.After(20 * time.Millisecond): // what files and processes do makes no message
		case <-limit:
			require.FailNow(s.t, "never came: "+what)
		}
	}
}

// rows are those of a command, in order, checked to be without gaps; it waits
// for them to be there up to last of boot.
func (s *server) rows(command, boot string, last int64) []task.Row {
	s.t.Helper()
	s.await("row "+strconv.FormatInt(last, 10), func() bool {
		for n := int64(1); n <= last; n++ {
			if _, ok := s.stored[boot][n]; !ok {
				return false
			}
		}
		return true
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []task.Row
	for n := int64(1); n <= last; n++ {
		if s.commits[boot+"/"+strconv.FormatInt(n, 10)] == command {
			rows = append(rows, s.stored[boot][n])
		}
	}
	return rows
}

func (s *server) do(c wire.Command, body any) wire.Reply {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 40*time.Second)
	defer cancel()
	if body != nil {
		c.Body, _ = json.Marshal(body)
	}
	r, err := s.Do(ctx, s.device, c)
	require.NoError(s.t, err)
	return r
}

func decode[T any](t testing.TB, raw json.RawMessage) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal(raw, &v))
	return v
}

func texts(rows []task.Row) (all []string) {
	for _, r := range rows {
		all = append(all, string(r.Kind)+" "+r.Text())
	}
	return all
}
