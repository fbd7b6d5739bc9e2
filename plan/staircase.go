package plan

import (
	"errors"
	"fmt"

	"github.com/lics-lab/lics/expr"
)

// Method is how a Staircase finds the next level.
type Method string

// The methods.
const (
	MethodUpDown Method = "up_down" // Levitt 1971: transformed up-down
	MethodWindow Method = "window"  // percent correct in a window
	MethodQuest  Method = "quest"   // Watson & Pelli 1983, at the mean of the posterior
)

// Staircase runs its body again and again and chooses the level of a stimulus
// by the answers.
type Staircase struct {
	Method Method `json:"method"`
	Level  string `json:"level"` // float variable, set before each iteration
	// Correct is a bool expression, asked after each.
	Correct string `json:"correct"`
	// Ascending levels are harder the higher they are; else the lower.
	Ascending bool `json:"ascending,omitempty"`
	// Ratio steps multiply, else they add.
	Ratio bool `json:"ratio,omitempty"`

	// Float expressions, evaluated when the loop begins. Which are needed
	// depends on the method; an empty one has the value of Defaults.
	Start         string `json:"start"`
	Minimum       string `json:"minimum,omitempty"`
	Maximum       string `json:"maximum,omitempty"`
	Up            string `json:"up,omitempty"`   // up_down: so many wrong in a row make it easier
	Down          string `json:"down,omitempty"` // and so many right harder
	Reversals     string `json:"reversals,omitempty"`
	Window        string `json:"window,omitempty"`
	High          string `json:"high,omitempty"` // of the window: a fraction of right answers
	Low           string `json:"low,omitempty"`
	SD            string `json:"sd,omitempty"`       // of the prior, log10 units
	UntilSD       string `json:"until_sd,omitempty"` // of the posterior
	PThreshold    string `json:"p_threshold,omitempty"`
	Beta          string `json:"beta,omitempty"`
	Delta         string `json:"delta,omitempty"`
	Gamma         string `json:"gamma,omitempty"`
	Trials        string `json:"trials"`                   // at most
	Steps         string `json:"steps,omitempty"`          // list<float> expression; each reversal takes the next
	Threshold     string `json:"threshold,omitempty"`      // float variable: the result
	ReversalsInto string `json:"reversals_into,omitempty"` // int variable
	Index         string `json:"index,omitempty"`          // int variable: the iteration, from 1
}

// maxQuest bounds the work of QUEST; its threshold is known long before.
const maxQuest = 500

// stair is a staircase under way: its settings and all answers so far.
type stair struct {
	Settings map[string]float64 `json:"settings"`
	Steps    []float64          `json:"steps,omitempty"`
	Levels   []float64          `json:"levels"` // the last is the present one
	Right    []bool             `json:"right"`
	Done     bool               `json:"done,omitempty"`
	Result   float64            `json:"result"`
	Turns    int                `json:"turns"` // reversals so far
}

// numbers are the settings by name, with what an empty one means.
func (s *Staircase) numbers() []struct {
	name, text string
	otherwise  float64
} {
	return []struct {
		name, text string
		otherwise  float64
	}{
		{"start", s.Start, 0},
		{"minimum", s.Minimum, -1e300},
		{"maximum", s.Maximum, 1e300},
		{"up", s.Up, 1},
		{"down", s.Down, 2},
		{"reversals", s.Reversals, 0},
		{"window", s.Window, 20},
		{"high", s.High, 0.8},
		{"low", s.Low, 0.6},
		{"sd", s.SD, 1},
		{"until_sd", s.UntilSD, 0},
		{"p_threshold", s.PThreshold, 0.75},
		{"beta", s.Beta, 3.5},
		{"delta", s.Delta, 0.01},
		{"gamma", s.Gamma, 0.5},
		{"trials", s.Trials, 0},
	}
}

func (s *Staircase) check(variables func(...string) error) error {
	if s.Level == "" || s.Correct == "" || s.Start == "" || s.Trials == "" {
		return errors.New("a staircase without a level, a start, a number of trials or what is correct")
	}
	return variables(s.Level, s.Threshold, s.ReversalsInto, s.Index)
}

func (r *Runner) beginStaircase(node *Node, l *loop) error {
	t := node.Staircase
	var sources []source
	for _, n := range t.numbers() {
		if n.text != "" {
			sources = append(sources, source{text: n.text, want: expr.Float})
		}
	}
	if t.Steps != "" {
		sources = append(sources, source{text: t.Steps, want: expr.FloatList})
	}
	values, err := r.evaluate(sources)
	if err != nil {
		return err
	}
	l.Stair = &stair{Settings: map[string]float64{}}
	for _, n := range t.numbers() {
		l.Stair.Settings[n.name] = n.otherwise
		if n.text != "" {
			l.Stair.Settings[n.name], values = values[0].Float(), values[1:]
		}
	}
	if t.Steps != "" {
		for _, v := range values[0].List() {
			l.Stair.Steps = append(l.Stair.Steps, v.Float())
		}
	}
	if err := l.Stair.check(t); err != nil {
		return err
	}
	l.Count = int(l.Stair.Settings["trials"])
	l.Stair.Levels = []float64{l.Stair.Settings["start"]}
	return nil
}

// check refuses settings with which a staircase leads nowhere.
func (s *stair) check(t *Staircase) error {
	n := s.Settings
	for _, must := range []struct {
		ok   bool
		text string
	}{
		{n["trials"] >= 1 && n["trials"] <= MaxTrials, fmt.Sprintf("a staircase has between 1 and %d trials", MaxTrials)},
		{n["minimum"] <= n["start"] && n["start"] <= n["maximum"], "the first level is outside of the smallest and the largest"},
		{n["up"] >= 1 && n["down"] >= 1, "up and down are at least 1"},
		{n["window"] >= 1 && n["low"] < n["high"], "a window has at least one trial, and low is below high"},
		{n["gamma"] >= 0 && n["gamma"] < n["p_threshold"] && n["p_threshold"] < 1-n["delta"] && n["delta"] >= 0, "the probability at threshold lies between gamma and 1 - delta"},
		{n["beta"] > 0 && n["sd"] > 0, "beta and sd are positive"},
		{t.Method != MethodQuest || n["start"] > 0, "QUEST works on logarithms: the first level must be positive"},
		{t.Method == MethodQuest || len(s.Steps) > 0, "there are no steps"},
		{t.Method != MethodQuest || n["trials"] <= maxQuest, fmt.Sprintf("QUEST weighs all answers again for each trial: at most %d are possible", maxQuest)},
	} {
		if !must.ok {
			return errors.New(must.text)
		}
	}
	for _, step := range s.Steps {
		if step <= 0 || t.Ratio && step <= 1 {
			return fmt.Errorf("the step %g leads nowhere: a step is above 0, and above 1 where steps multiply", step)
		}
	}
	return nil
}

// presentLevel puts the level of this iteration into its variable.
func (r *Runner) presentLevel(node *Node, l *loop, visit string) {
	r.set(node.ID, visit, node.Staircase.Level, expr.FloatValue(l.Stair.Levels[len(l.Stair.Levels)-1]))
}

// climb takes the answer of the iteration that has just ended. The evaluator
// remembers the next level: floating-point numbers and methods may differ
// between processors and versions.
func (r *Runner) climb(s *scope, node *Node, l *loop) error {
	t, st := node.Staircase, l.Stair
	values, err := r.evaluate([]source{{text: t.Correct, want: expr.Bool}})
	if err != nil {
		return err
	}
	st.Right = append(st.Right, values[0].Bool())
	turns := st.Turns
	got := r.eval(func() Evaluated {
		level, result, turns, done := st.next(t)
		return Evaluated{Values: []expr.Value{expr.FloatValue(level), expr.FloatValue(result), expr.IntValue(int64(turns)), expr.BoolValue(done)}}
	})
	if got.Error != "" || len(got.Values) != 4 {
		return fmt.Errorf("the next level: %s", got.Error)
	}
	st.Result, st.Turns, st.Done = got.Values[1].Float(), int(got.Values[2].Int()), got.Values[3].Bool()
	if st.Turns > turns {
		r.emit(Event{Kind: EventNote, Node: node.ID, Visit: s.Visit, Name: "reversal", Value: expr.FloatValue(st.Levels[len(st.Levels)-1]), Index: st.Turns})
	}
	st.Levels = append(st.Levels, got.Values[0].Float())
	if st.Done = st.Done || len(st.Right) >= l.Count; st.Done {
		l.Count = l.Index
		if t.Threshold != "" {
			r.set(node.ID, s.Visit, t.Threshold, expr.FloatValue(st.Result))
		}
		if t.ReversalsInto != "" {
			r.set(node.ID, s.Visit, t.ReversalsInto, expr.IntValue(int64(st.Turns)))
		}
	}
	return nil
}
