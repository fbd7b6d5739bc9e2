package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// StageGateData is the data of a decision about training.
type StageGateData struct {
	common
	Gate         string `json:"gate"`
	Stage        string `json:"stage"`
	Value        string `json:"value"`
	Window       string `json:"window"`
	Threshold    string `json:"threshold"`
	Sessions     string `json:"sessions"`
	Lower        bool   `json:"lower"`
	Back         string `json:"back"`
	BackSessions string `json:"back_sessions"`
	Most         string `json:"most"`
}

var stageGateKind = &Kind{
	Type: "stage_gate", Level: Session, Label: "Stage gate", Icon: "stairs", Group: "Flow",
	Help: "Decides by the subject's sessions at this stage whether its training advances, stays, goes back, or ends. " +
		"The sessions of all protocols whose gate has the same name count, since the subject came to the stage. The decision is kept with the run.",
	Standard: Standard{"training stage, shaping criterion; graduation", "International Brain Laboratory 2021; Autopilot: graduation"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Name: plan.GateAdvance, Direction: Out}},
		{Port: Port{Name: plan.GateStay, Direction: Out}},
		{Port: Port{Name: plan.GateBack, Direction: Out}, When: "back"},
		{Port: Port{Name: plan.GateExclude, Direction: Out}, When: "most"},
		failedPort,
	},
	Schema: data(
		must(text("gate", "Gate", "Its name: sessions count that passed a gate of this name.", maxName)),
		must(text("stage", "Stage", "The present stage; {expressions} in braces are filled in.", maxLabel)),
		must(expression("value", "float", "Value", "How this session went.", "hits / trials")),
		expression("window", "int", "Window", "A score is the mean of so many sessions; empty is 1.", "3"),
		must(expression("threshold", "float", "Threshold", "The score that is good.", "0.8")),
		expression("sessions", "int", "Sessions", "Advances after so many good ones in a row; empty is 1.", "2"),
		flag("lower", "Lower is better", "A score is good when it is not above the threshold."),
		expression("back", "float", "Back at", "The score that is bad; empty: never back.", "0.5"),
		expression("back_sessions", "int", "Bad sessions", "Goes back after so many bad ones in a row; empty is 1.", "3"),
		expression("most", "int", "Sessions at most", "Excludes a subject that has not advanced after so many; empty: never.", "20"),
	),
	Step: step(func(s Site, d StageGateData, n *plan.Node) {
		n.Gate = &plan.Gate{
			Gate: d.Gate, Stage: d.Stage, Value: d.Value, Window: d.Window, Threshold: d.Threshold, Sessions: d.Sessions, Lower: d.Lower,
			Back: d.Back, BackSessions: d.BackSessions, Most: d.Most,
		}
		required(s, "gate", d.Gate, "the gate has no name", "name what is trained")
		s.Text("stage", d.Stage)
		for _, f := range []struct {
			field, text string
			t           expr.Type
			must        bool
		}{
			{"value", d.Value, expr.Float, true},
			{"threshold", d.Threshold, expr.Float, true},
			{"back", d.Back, expr.Float, false},
			{"window", d.Window, expr.Int, false},
			{"sessions", d.Sessions, expr.Int, false},
			{"back_sessions", d.BackSessions, expr.Int, false},
			{"most", d.Most, expr.Int, false},
		} {
			if f.must && !required(s, f.field, f.text, "the gate has no "+f.field, "") {
				continue
			}
			e := s.Expr(f.field, f.text, f.t)
			if e == nil || f.t != expr.Int {
				continue
			}
			if v, constant := e.Constant(); constant && v.Int() < 1 {
				s.Report(diagnostic.BadValue, f.field, "a gate counts at least one session", "write 1 or more, or leave it empty")
			}
		}
		if d.Back == "" && d.BackSessions != "" {
			s.Report(diagnostic.BadData, "back_sessions", "nothing says when a session is bad", "give a score in back")
		}
	}),
}
