package plan

import (
	"errors"
	"fmt"

	"github.com/lics-lab/lics/expr"
)

// Gate decides by the sessions of a subject whether its training goes on.
type Gate struct {
	Gate  string `json:"gate"`  // its name: sessions of all protocols with this name count
	Stage string `json:"stage"` // a template: the present stage
	Value string `json:"value"` // float expression: how this session went
	// Window is how many sessions a score is the mean of; Threshold the score
	// that is good, in Sessions sessions in a row. All are expressions.
	Window    string `json:"window,omitempty"`
	Threshold string `json:"threshold"`
	Sessions  string `json:"sessions,omitempty"`
	Lower     bool   `json:"lower,omitempty"` // lower values are better
	// Back, when given, is the score that is bad, in BackSessions in a row;
	// Most after how many sessions at a stage a subject is excluded.
	Back         string `json:"back,omitempty"`
	BackSessions string `json:"back_sessions,omitempty"`
	Most         string `json:"most,omitempty"`
}

// The verdicts of a Gate, which are its ports.
const (
	GateAdvance = "advance"
	GateStay    = "stay"
	GateBack    = "back"
	GateExclude = "exclude"
)

// Gating is a Gate with everything computed.
type Gating struct {
	Gate         string   `json:"gate"`
	Stage        string   `json:"stage"`
	Value        float64  `json:"value"`
	Window       int      `json:"window"`
	Threshold    float64  `json:"threshold"`
	Sessions     int      `json:"sessions"`
	Lower        bool     `json:"lower,omitempty"`
	Back         *float64 `json:"back,omitempty"`
	BackSessions int      `json:"back_sessions,omitempty"`
	Most         int      `json:"most,omitempty"`
}

func (g *Gate) resolve(step *Step) ([]source, func([]expr.Value) error) {
	x := &Gating{Gate: g.Gate, Lower: g.Lower, Window: 1, Sessions: 1, BackSessions: 1}
	step.Gate = x
	sources := []source{{text: g.Stage, template: true}, {text: g.Value, want: expr.Float}, {text: g.Threshold, want: expr.Float}}
	var use []func(expr.Value)
	for _, f := range []struct {
		text string
		into *int
	}{{g.Window, &x.Window}, {g.Sessions, &x.Sessions}, {g.BackSessions, &x.BackSessions}, {g.Most, &x.Most}} {
		if f.text != "" {
			sources = append(sources, source{text: f.text, want: expr.Int})
			use = append(use, func(v expr.Value) { *f.into = int(v.Int()) })
		}
	}
	if g.Back != "" {
		sources = append(sources, source{text: g.Back, want: expr.Float})
		use = append(use, func(v expr.Value) { n := v.Float(); x.Back = &n })
	}
	return sources, func(values []expr.Value) error {
		x.Stage, x.Value, x.Threshold = values[0].Str(), values[1].Float(), values[2].Float()
		for i, f := range use {
			f(values[i+3])
		}
		if x.Window < 1 || x.Sessions < 1 || x.BackSessions < 1 || x.Most < 0 {
			return fmt.Errorf("a stage gate counts at least one session, not %d, %d, %d and %d", x.Window, x.Sessions, x.BackSessions, x.Most)
		}
		return nil
	}
}

func (g *Gate) check() error {
	if g.Gate == "" || g.Value == "" || g.Threshold == "" {
		return errors.New("a stage gate without a name, a value or a threshold")
	}
	return nil
}

// Judge decides by the values of the sessions at this stage, the oldest first,
// and this one. It also gives the score of this session.
func (g Gating) Judge(before []float64) (verdict string, score float64) {
	values := append(append([]float64(nil), before...), g.Value)
	scores := make([]float64, len(values))
	for i := range values {
		from := max(0, i+1-g.Window)
		for _, v := range values[from : i+1] {
			scores[i] += v
		}
		scores[i] /= float64(i + 1 - from)
	}
	score = scores[len(scores)-1]
	// A mean of tenths is not exact: 0.8 must count as 0.8.
	const slack = 1e-9
	better := func(a, b float64) bool { return a >= b-slack && !g.Lower || a <= b+slack && g.Lower }
	row := func(n int, holds func(float64) bool) bool {
		if len(scores) < n || len(values) < g.Window {
			return false
		}
		for i, s := range scores[len(scores)-n:] {
			if !holds(s) || len(scores)-n+i+1 < g.Window {
				return false
			}
		}
		return true
	}
	switch {
	case row(g.Sessions, func(s float64) bool { return better(s, g.Threshold) }):
		return GateAdvance, score
	case g.Most > 0 && len(values) >= g.Most:
		return GateExclude, score
	case g.Back != nil && row(g.BackSessions, func(s float64) bool { return better(*g.Back, s) }):
		return GateBack, score
	}
	return GateStay, score
}
