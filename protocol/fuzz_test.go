package protocol_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/template"
	"github.com/lics-lab/lics/task"
)

type nowhere struct{}

func (nowhere) Output(time.Duration, int, float64) {}
func (nowhere) Record(task.Row)                    {}

// holds is what must be true of whatever somebody sends.
func holds(t *testing.T, raw []byte) {
	t.Helper()
	g, err := protocol.Parse(raw)
	if err != nil {
		require.Nil(t, g)
		require.NotEmpty(t, err.Error())
		return
	}
	ds := protocol.Check(g)
	require.Equal(t, ds, protocol.Check(g), "the same graph gives the same diagnostics")
	p, again := protocol.Compile(g)
	require.Equal(t, ds, again)
	require.Equal(t, diagnostic.HasErrors(ds), p == nil)

	canonical, err := g.Encode()
	require.NoError(t, err)
	back, err := protocol.Parse(canonical)
	require.NoError(t, err, "what was written can be read")
	require.Equal(t, protocol.Hash(g), protocol.Hash(back))
	require.Empty(t, protocol.Diff(g, back))
	twice, err := back.Encode()
	require.NoError(t, err)
	require.Equal(t, string(canonical), string(twice))
	if p != nil {
		runs(t, p)
	}
}

// runs makes sure that what the checker lets pass is taken by the machines
// that have to run it.
func runs(t *testing.T, p *plan.Plan) {
	t.Helper()
	raw, err := json.Marshal(p)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &plan.Plan{}))
	given := map[string]json.RawMessage{}
	for _, q := range p.Parameters {
		if len(q.Default) == 0 {
			return // only the start of a run knows
		}
	}
	if _, err := plan.NewRunner(p, given, nil); err != nil {
		// A variable's first value may fail to compute (1 / n), which is for
		// the start of a run to say; the structure must be right.
		require.NotContains(t, err.Error(), "node ")
	}
	for _, n := range p.Nodes {
		if n.Task != nil {
			require.Empty(t, task.Check(&n.Task.Program), n.ID)
			begins(t, n.Task)
		}
	}
}

// begins starts a task with some parameters. What may still be wrong is only
// what depends on their values.
func begins(t *testing.T, step *plan.Task) {
	t.Helper()
	start := task.Start{Parameters: map[string]json.RawMessage{}, Calibrations: map[string]task.Calibration{}}
	for _, v := range step.Program.Variables {
		if typ, err := expr.ParseType(v.Type); err == nil && v.Parameter {
			start.Parameters[v.Name] = zero(typ)
		}
	}
	for _, ch := range task.Volumes(&step.Program) {
		start.Calibrations[ch] = task.Calibration{Points: []task.CalibrationPoint{{Microlitres: 1, Open: 1e6}, {Microlitres: 9, Open: 9e6}}}
	}
	m, err := task.New(&step.Program, start, nowhere{})
	if err != nil {
		return // a limit that is 0 with these parameters
	}
	m.Begin()
	m.Advance(time.Microsecond) // a timer may be as short as 1ns
}

func zero(t expr.Type) json.RawMessage {
	switch {
	case t == expr.Bool:
		return json.RawMessage("false")
	case t == expr.String:
		return json.RawMessage(`""`)
	case t == expr.Duration:
		return json.RawMessage(`"1s"`)
	case t.IsList():
		return json.RawMessage("[]")
	}
	return json.RawMessage("1")
}

func FuzzParse(f *testing.F) {
	for _, tpl := range template.All() {
		f.Add([]byte(tpl.Document))
	}
	for _, file := range rejected(f) {
		raw, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(raw)
	}
	f.Fuzz(holds)
}

func TestEveryFileOfTheTestsKeepsThePromises(t *testing.T) {
	t.Parallel()
	for _, file := range rejected(t) {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		holds(t, raw)
	}
	for _, tpl := range template.All() {
		holds(t, tpl.Document)
	}
}
