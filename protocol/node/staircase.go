package node

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// StaircaseData is the data of an adaptive loop.
type StaircaseData struct {
	common
	Method        plan.Method `json:"method"`
	Level         string      `json:"level"`
	Correct       string      `json:"correct"`
	Start         string      `json:"start"`
	Minimum       string      `json:"minimum"`
	Maximum       string      `json:"maximum"`
	Ascending     bool        `json:"ascending"`
	Ratio         bool        `json:"ratio"`
	Trials        string      `json:"trials"`
	Steps         string      `json:"steps"`
	Up            string      `json:"up"`
	Down          string      `json:"down"`
	Reversals     string      `json:"reversals"`
	Window        string      `json:"window"`
	High          string      `json:"high"`
	Low           string      `json:"low"`
	SD            string      `json:"sd"`
	UntilSD       string      `json:"until_sd"`
	PThreshold    string      `json:"p_threshold"`
	Beta          string      `json:"beta"`
	Delta         string      `json:"delta"`
	Gamma         string      `json:"gamma"`
	Threshold     string      `json:"threshold"`
	ReversalsInto string      `json:"reversals_into"`
	Index         string      `json:"index"`
}

var staircaseKind = &Kind{
	Type: "staircase", Level: Session, Container: true, Label: "Staircase / adaptive", Icon: "stairs", Group: "Loops",
	Help: "Does its body again and again and chooses the level of a stimulus by the answers: n-up/n-down, percent correct in a window, or QUEST. " +
		"Its threshold is a result. up_down: the mean of the levels at the reversals with the last step; window: the last level; quest: the mean of the posterior.",
	Standard: Standard{"adaptive staircase; QUEST", "Levitt 1971 (transformed up-down); Watson & Pelli 1983; King-Smith et al. 1994; PsychoPy: StairHandler, QuestHandler"},
	Ports:    []PortRule{inPort, bodyPort, donePort},
	Schema: data(
		must(choice("method", "Method", "up_down: so many right answers in a row make it harder, so many wrong ones easier. window: percent correct. quest: the most informative level.",
			string(plan.MethodUpDown), string(plan.MethodWindow), string(plan.MethodQuest))),
		must(reference("level", "variable", "Level in", "A float variable that is set before each iteration.")),
		must(expression("correct", "bool", "Correct", "Asked after each iteration.", "hits > 0")),
		must(expression("start", "float", "First level", "Of quest: the guess of the threshold, above 0.", "10")),
		expression("minimum", "float", "Smallest level", "No lower level is chosen.", "0.5"),
		expression("maximum", "float", "Largest level", "No higher level is chosen.", "100"),
		flag("ascending", "Harder upwards", "Higher levels are harder; otherwise lower ones are."),
		flag("ratio", "Steps multiply", "A step multiplies the level, otherwise it is added."),
		must(expression("trials", "int", "Iterations at most", "Of quest at most 500.", "60")),
		expression("steps", "list<float>", "Steps", "Of up_down and window; each reversal takes the next, the last stays.", "[4, 2, 1]"),
		expression("up", "int", "Up", "Of up_down: so many wrong answers in a row make it easier. Empty is 1.", "1"),
		expression("down", "int", "Down", "Of up_down: so many right answers in a row make it harder. Empty is 2, which finds 70.7 % correct; 3 finds 79.4 %.", "2"),
		expression("reversals", "int", "Reversals", "Of up_down: ends after so many.", "8"),
		expression("window", "int", "Window", "Of window: so many iterations at one level. Empty is 20.", "20"),
		expression("high", "float", "Harder from", "Of window: a fraction of right answers. Empty is 0.8.", "0.8"),
		expression("low", "float", "Easier to", "Of window: a fraction of right answers. Empty is 0.6.", "0.6"),
		expression("sd", "float", "SD", "Of quest: the standard deviation of the guess, in log10 units. Empty is 1.", "1"),
		expression("until_sd", "float", "Until SD", "Of quest: ends when the threshold is known as well as this, in log10 units.", "0.05"),
		expression("p_threshold", "float", "P at threshold", "Of quest: the probability of a right answer at the threshold. Empty is 0.75.", "0.82"),
		expression("beta", "float", "Beta", "Of quest: the steepness of the psychometric function. Empty is 3.5.", "3.5"),
		expression("delta", "float", "Delta", "Of quest: the fraction of blind answers. Empty is 0.01.", "0.01"),
		expression("gamma", "float", "Gamma", "Of quest: the probability of guessing right. Empty is 0.5.", "0.5"),
		reference("threshold", "variable", "Threshold in", "A float variable that receives the result."),
		reference("reversals_into", "variable", "Reversals in", "An int variable that receives how many reversals there were."),
		reference("index", "variable", "Count in", "An int variable that counts the iterations from 1."),
	),
	Step: step(func(s Site, d StaircaseData, n *plan.Node) {
		n.Staircase = &plan.Staircase{
			Method: d.Method, Level: d.Level, Correct: d.Correct, Ascending: d.Ascending, Ratio: d.Ratio, Start: d.Start, Minimum: d.Minimum, Maximum: d.Maximum,
			Up: d.Up, Down: d.Down, Reversals: d.Reversals, Window: d.Window, High: d.High, Low: d.Low, SD: d.SD, UntilSD: d.UntilSD,
			PThreshold: d.PThreshold, Beta: d.Beta, Delta: d.Delta, Gamma: d.Gamma, Trials: d.Trials, Steps: d.Steps,
			Threshold: d.Threshold, ReversalsInto: d.ReversalsInto, Index: d.Index,
		}
		s.Assign("level", d.Level, expr.Float)
		if required(s, "correct", d.Correct, "nothing says what is correct", "write a condition") {
			s.Expr("correct", d.Correct, expr.Bool)
		}
		for _, v := range []struct {
			field, variable string
			t               expr.Type
		}{{"threshold", d.Threshold, expr.Float}, {"reversals_into", d.ReversalsInto, expr.Int}, {"index", d.Index, expr.Int}} {
			if v.variable != "" {
				s.Assign(v.field, v.variable, v.t)
			}
		}
		d.settings(s)
	}),
}

// settings checks the numbers, and that each belongs to the method.
func (d *StaircaseData) settings(s Site) {
	for _, f := range []struct {
		field, text string
		t           expr.Type
		of          string // methods; empty: all
	}{
		{"start", d.Start, expr.Float, ""},
		{"minimum", d.Minimum, expr.Float, ""},
		{"maximum", d.Maximum, expr.Float, ""},
		{"trials", d.Trials, expr.Int, ""},
		{"steps", d.Steps, expr.FloatList, "up_down window"},
		{"up", d.Up, expr.Int, "up_down"},
		{"down", d.Down, expr.Int, "up_down"},
		{"reversals", d.Reversals, expr.Int, "up_down"},
		{"window", d.Window, expr.Int, "window"},
		{"high", d.High, expr.Float, "window"},
		{"low", d.Low, expr.Float, "window"},
		{"sd", d.SD, expr.Float, "quest"},
		{"until_sd", d.UntilSD, expr.Float, "quest"},
		{"p_threshold", d.PThreshold, expr.Float, "quest"},
		{"beta", d.Beta, expr.Float, "quest"},
		{"delta", d.Delta, expr.Float, "quest"},
		{"gamma", d.Gamma, expr.Float, "quest"},
	} {
		has := f.of == "" || slices.Contains(strings.Fields(f.of), string(d.Method))
		switch {
		case !has && f.text != "":
			s.Report(diagnostic.BadData, f.field, fmt.Sprintf("the method %s has no %s", d.Method, f.field), "remove it, or choose another method")
		case has && f.text == "" && (f.field == "start" || f.field == "trials" || f.field == "steps"):
			s.Report(diagnostic.BadData, f.field, fmt.Sprintf("the staircase needs %s", f.field), "")
		default:
			s.Expr(f.field, f.text, f.t)
		}
	}
}
