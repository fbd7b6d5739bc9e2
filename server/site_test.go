package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/lics-lab/lics/graph"
	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/server"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/web"
	"github.com/lics-lab/lics/wire"
	"github.com/lics-lab/lics/workflows"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, licstest.Leaks()...) }

// site is a server with a real store, and fakes for Temporal and the devices.
type site struct {
	t         *testing.T
	server    *server.Server
	store     *store.Store
	sessions  *server.Sessions
	events    *ingest.Feed
	devices   *ingest.DeviceFeed
	questions *ingest.QuestionFeed
	levels    *ingest.LevelFeed
	runner    *runner
	commander *commander
	log       *logs
	url       string
	token     string
	user      lab.User
}

func newSite(t *testing.T, with ...func(*server.Config)) *site {
	t.Helper()
	dsn := licstest.PostgresFrom(t, "store", store.Migrate)
	st, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(st.Close)
	_, user, err := st.EnsureOrganisation(t.Context())
	require.NoError(t, err)
	token, hash := server.NewToken()
	require.NoError(t, st.SetAdministratorToken(t.Context(), hash))

	s := &site{
		t: t, store: st, token: token, user: user, sessions: server.NewSessions(nil, false), log: &logs{},
		events: &ingest.Feed{Source: st}, devices: ingest.NewDeviceFeed(), questions: ingest.NewQuestionFeed(), levels: ingest.NewLevelFeed(),
		runner: &runner{}, commander: &commander{},
	}
	cfg := server.Config{
		Resolver: &graph.Resolver{
			Store: st, Runner: s.runner, Commander: s.commander, Events: s.events, Devices: s.devices,
			Runs: ingest.NewRunFeed(), Questions: s.questions, Levels: s.levels, Log: slog.New(slog.NewJSONHandler(s.log, nil)), Version: "test",
			TemporalUI: "http://ui", TemporalRun: graph.RunPage("http://ui", "lab"),
		},
		Users: st, Sessions: s.sessions, Web: web.Files(), Log: slog.New(slog.NewJSONHandler(s.log, nil)),
		Checks: map[string]func(context.Context) error{"store": st.Ping},
	}
	for _, f := range with {
		f(&cfg)
	}
	s.server = server.New(cfg)
	h := httptest.NewServer(s.server)
	t.Cleanup(func() {
		s.server.Close(context.WithoutCancel(t.Context()))
		h.Close()
	})
	s.url = h.URL
	return s
}

// answer is a response of GraphQL.
type answer struct {
	Status int
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

func (a answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	code, _ := a.Errors[0].Extensions["code"].(string)
	return code
}

// into reads the data; there must be no errors.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	require.Empty(t, a.Errors)
	require.NoError(t, json.Unmarshal(a.Data, v))
}

func (s *site) ask(query string, variables map[string]any) answer {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(s.t, err)
	return s.post(body, "Bearer "+s.token)
}

func (s *site) post(body []byte, authorization string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/graphql", bytes.NewReader(body))
	require.NoError(s.t, err)
	req.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(s.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	a := answer{Status: res.StatusCode}
	require.NoError(s.t, json.Unmarshal(raw, &a), string(raw))
	return a
}

// reply is an answer whose body was read.
type reply struct {
	StatusCode int
	Header     http.Header
	cookies    []*http.Cookie
}

func (s *site) get(path string, change ...func(*http.Request)) (reply, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	require.NoError(s.t, err)
	req.Header.Set("Authorization", "Bearer "+s.token)
	for _, f := range change {
		f(req)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(s.t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	return reply{res.StatusCode, res.Header, res.Cookies()}, string(b)
}

// box makes a device known, as it would announce itself.
func (s *site) box(id string, online bool, change ...func(*wire.Rig)) {
	s.t.Helper()
	rig := &wire.Rig{Name: "box", Hash: "hash-" + id, Channels: []wire.RigChannel{
		{Name: "lever", Direction: task.In}, {Name: "valve", Direction: task.Out},
	}}
	for _, f := range change {
		f(rig)
	}
	st := wire.Status{V: 1, Device: id, Online: online, Boot: "b1", Version: "1.2.3", Rig: rig, Simulated: true}
	raw, err := json.Marshal(st)
	require.NoError(s.t, err)
	_, err = s.store.SaveDeviceStatus(s.t.Context(), s.user.Organisation, st, raw)
	require.NoError(s.t, err)
}

func (s *site) calibrate(device, channel string) {
	s.t.Helper()
	a := s.ask(`mutation($in: SaveCalibrationInput!) { saveCalibration(input: $in) { calibration { id } } }`, map[string]any{
		"in": map[string]any{"device": device, "channel": channel, "points": []any{
			map[string]any{"microlitres": 1, "openMs": 10}, map[string]any{"microlitres": 5, "openMs": 42.5},
		}},
	})
	require.Empty(s.t, a.Errors)
}

func lever(t *testing.T) json.RawMessage {
	t.Helper()
	b, err := os.ReadFile("testdata/lever.json")
	require.NoError(t, err)
	return b
}

// ready is a site with a calibrated box online.
func ready(t *testing.T, with ...func(*server.Config)) *site {
	t.Helper()
	s := newSite(t, with...)
	s.box("rig-1", true)
	s.calibrate("rig-1", "valve")
	return s
}

const startRun = `mutation($in: StartRunInput!) { startRun(input: $in) { created run {
	id status seed protocolName temporalUrl parameters
	devices { role deviceId channels { protocol rig } calibrations { channel points { microlitres openMs } } }
} } }`

// start is the input of a run that can start.
func start(t *testing.T, change ...func(map[string]any)) map[string]any {
	t.Helper()
	in := map[string]any{"document": lever(t), "devices": []any{map[string]any{"role": "box", "device": "rig-1"}}}
	for _, f := range change {
		f(in)
	}
	return map[string]any{"in": in}
}

// begun starts a run and gives its id.
func (s *site) begun() string {
	s.t.Helper()
	var got struct {
		StartRun struct{ Run struct{ ID string } }
	}
	s.ask(startRun, start(s.t)).into(s.t, &got)
	return got.StartRun.Run.ID
}

// runner is a Temporal that only remembers.
type runner struct {
	mu       sync.Mutex
	err      error
	started  []lab.Run
	subjects []string
	plans    []plan.Plan
	controls []graph.Control
	answers  []lab.HumanStep

	parameters []workflows.SetParameters
	made       []string // runs whose files are to be made
}

func (r *runner) Start(_ context.Context, run lab.Run, subject string, p plan.Plan) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.started, r.plans, r.subjects = append(r.started, run), append(r.plans, p), append(r.subjects, subject)
	}
	return r.err
}

func (r *runner) Control(_ context.Context, _ string, c graph.Control) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.controls = append(r.controls, c)
	return r.err
}

func (r *runner) SetParameters(_ context.Context, _ string, in workflows.SetParameters) ([]workflows.ParameterChange, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.parameters = append(r.parameters, in)
	return []workflows.ParameterChange{{
		Change:  plan.Change{Name: "reward", Old: json.RawMessage("3"), New: in.Values["reward"]},
		Applies: workflows.AppliesNextTrial, Unconfirmed: []string{"rig-1"},
	}}, r.err
}

func (r *runner) Answer(_ context.Context, step lab.HumanStep) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = append(r.answers, step)
	return r.err
}

func (r *runner) MakeFiles(_ context.Context, run lab.Run) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made = append(r.made, run.ID)
	return r.err
}

func (r *runner) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.started)
}

func (r *runner) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// commander is a device that answers what it is told to.
type commander struct {
	mu    sync.Mutex
	reply wire.Reply
	err   error
	asked []wire.Command
}

func (c *commander) Do(_ context.Context, _ string, cmd wire.Command) (wire.Reply, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, cmd)
	return c.reply, c.err
}

// last is the last command that was given.
func (c *commander) last() wire.Command {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[len(c.asked)-1]
}

// logs keeps what was logged.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
