package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/task"
)

func TestParametersAreChecked(t *testing.T) {
	t.Parallel()
	one, ten := 1.0, 10.0
	p := plantest.Draw(t, "start -> end")
	p.Parameters = []plan.Parameter{
		{Name: "trials", Type: "int", Default: json.RawMessage(`5`), Minimum: &one, Maximum: &ten},
		{Name: "pause", Type: "duration", Default: json.RawMessage(`"3s"`), Maximum: &ten},
		{Name: "side", Type: "string", Options: json.RawMessage(`["left", "right"]`)},
	}
	for _, tt := range []struct{ given, want string }{
		{`{"side": "left"}`, ""},
		{`{"side": "left", "trials": 10, "pause": "10s"}`, ""},
		{`{}`, "parameter side: a value is needed"},
		{`{"side": "up"}`, `parameter side: up is not one of ["left", "right"]`},
		{`{"side": "left", "trials": 11}`, "parameter trials: 11 is more than 10"},
		{`{"side": "left", "trials": 0}`, "parameter trials: 0 is less than 1"},
		{`{"side": "left", "trials": "many"}`, `parameter trials: "many" is not an int`},
		{`{"side": "left", "pause": "11s"}`, "parameter pause: 11s is more than 10"},
		{`{"side": "left", "colour": 1}`, "parameter colour: the protocol has no such parameter"},
	} {
		var given map[string]json.RawMessage
		require.NoError(t, json.Unmarshal([]byte(tt.given), &given))
		_, err := plan.NewRunner(p, given, nil)
		if tt.want == "" {
			require.NoError(t, err, tt.given)
			continue
		}
		require.EqualError(t, err, tt.want)
		var of *plan.ParameterError
		require.ErrorAs(t, err, &of)
	}
}

func TestTaskParametersAreWrittenAsTheDeviceReadsThem(t *testing.T) {
	t.Parallel()
	p := plantest.Draw(t, "start -> task1\ntask1 -> end")
	p.Parameters = []plan.Parameter{{Name: "pause", Type: "duration", Default: json.RawMessage(`"1.5s"`)}}
	n := p.Node("task1").Task
	for _, v := range []struct{ name, typ, source string }{
		{"iti", "duration", "pause * 2"},
		{"n", "int", "3"},
		{"p", "float", "1"},
		{"steps", "list<duration>", "[100ms, pause]"},
		{"side", "string", `"left"`},
	} {
		n.Program.Variables = append(n.Program.Variables, task.Variable{Name: v.name, Type: v.typ, Parameter: true})
		if n.Parameters == nil {
			n.Parameters = map[string]string{}
		}
		n.Parameters[v.name] = v.source
	}
	r, err := plan.NewRunner(p, nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	require.Len(t, a.Start, 1)
	b, err := json.Marshal(a.Start[0].Parameters)
	require.NoError(t, err)
	require.JSONEq(t, `{"iti":"3s","n":3,"p":1.0,"steps":["100ms","1.5s"],"side":"left"}`, string(b))
}

func TestDamagedPlansAreRefused(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(p *plan.Plan){
		"two starts":         func(p *plan.Plan) { p.Node("set1").Kind = plan.KindStart },
		"a circle":           func(p *plan.Plan) { p.Node("set2").Out[0].To = "set1" },
		"nowhere":            func(p *plan.Plan) { p.Node("set2").Out[0].To = "moon" },
		"same id":            func(p *plan.Plan) { p.Nodes[1].ID = "set2" },
		"unknown kind":       func(p *plan.Plan) { p.Node("set1").Kind = "dance" },
		"no settings":        func(p *plan.Plan) { p.Node("set1").Set = nil },
		"parent is no loop":  func(p *plan.Plan) { p.Node("set1").Parent = "set2" },
		"newer format":       func(p *plan.Plan) { p.Format = plan.Format + 1 },
		"variable of a type": func(p *plan.Plan) { p.Variables[0].Type = "thing" },
	} {
		p := plantest.Draw(t, "start -> set1\nset1 -> set2\nset2 -> end")
		edit(p)
		_, err := plan.NewRunner(p, nil, nil)
		require.Error(t, err, name)
	}
}
