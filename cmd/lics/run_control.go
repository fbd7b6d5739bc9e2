package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/lics-lab/lics/lab"
)

// controlArgs are those of every control.
type controlArgs struct {
	RunID string `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	Why   string `placeholder:"TEXT" help:"Why, for the record."`
	outputFlag
}

type (
	runPauseCmd  struct{ controlArgs }
	runResumeCmd struct{ controlArgs }
	runStopCmd   struct{ controlArgs }
	runAbortCmd  struct{ controlArgs }
	runHaltCmd   struct{ controlArgs }
)

func (c *runPauseCmd) Run(a *app) error  { return c.control(a, "pause") }
func (c *runResumeCmd) Run(a *app) error { return c.control(a, "resume") }
func (c *runStopCmd) Run(a *app) error   { return c.control(a, "stop") }
func (c *runAbortCmd) Run(a *app) error  { return c.control(a, "abort") }
func (c *runHaltCmd) Run(a *app) error   { return c.control(a, "halt") }

// controlMutation is the mutation of a control; they differ by name only.
func controlMutation(verb string) string {
	title := strings.ToUpper(verb[:1]) + verb[1:]
	return "mutation " + title + "($input: " + title + "RunInput!) {\n  control: " + verb + "Run(input: $input) { run { ...RunFields } }\n}" + runFields
}

func (c *controlArgs) control(a *app, verb string) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	input := map[string]any{"run": id}
	if c.Why != "" {
		input["reason"] = c.Why
	}
	got, err := query[struct {
		Control struct {
			Run runInfo `json:"run"`
		} `json:"control"`
	}](a, controlMutation(verb), map[string]any{"input": input})
	if err != nil {
		return err
	}
	r := got.Control.Run
	return printOne(a, c.Output, r, func() error {
		_, err := fmt.Fprintf(a.stdout, "%s  %s%s\n", r.ID, r.Status, because(r))
		return err
	})
}

// noteInfo is a note as it is printed.
type noteInfo struct {
	ID   string `json:"id"`
	At   string `json:"at"`
	By   string `json:"by"`
	Text string `json:"text"`
}

const addNote = `mutation Note($input: AddNoteInput!) { addNote(input: $input) { note { id at by text } } }`

type runNoteCmd struct {
	RunID string   `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	Text  []string `arg:"" help:"What to note."`
	outputFlag
}

func (c *runNoteCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	got, err := query[struct {
		AddNote struct {
			Note noteInfo `json:"note"`
		} `json:"addNote"`
	}](a, addNote, map[string]any{"input": map[string]any{"run": id, "text": strings.Join(c.Text, " ")}})
	if err != nil {
		return err
	}
	n := got.AddNote.Note
	return printOne(a, c.Output, n, func() error {
		_, err := fmt.Fprintln(a.stdout, n.ID)
		return err
	})
}

// humanStep is a question to a person as it is printed.
type humanStep struct {
	ID         string   `json:"id"`
	Node       string   `json:"node"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Choices    []string `json:"choices"`
	AskedAt    string   `json:"askedAt"`
	ClosedAt   *string  `json:"closedAt"`
	AnsweredAt *string  `json:"answeredAt"`
	AnsweredBy string   `json:"answeredBy"`
	Answer     string   `json:"answer"`
	Statement  string   `json:"statement"`
	Form       []struct {
		Name string `json:"name"`
		Type string `json:"type"`
	} `json:"form"`
	Values json.RawMessage `json:"values"`
}

const humanStepFields = `
fragment HumanStepFields on HumanStep { id node title text choices askedAt closedAt answeredAt answeredBy answer statement form { name type } values }`

const questionsQuery = `query Questions($id: ID!) { run(id: $id) { humanSteps { ...HumanStepFields } } }` + humanStepFields

const answerHumanStep = `mutation Answer($input: AnswerHumanStepInput!) {
  answerHumanStep(input: $input) { humanStep { ...HumanStepFields } }
}` + humanStepFields

type runAnswerCmd struct {
	RunID   string            `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	Answer  string            `arg:"" optional:"" help:"One of the choices, or a text; none to confirm."`
	Node    string            `help:"The node that asks, when several do."`
	Value   map[string]string `help:"A value of its form." placeholder:"NAME=VALUE"`
	Confirm bool              `help:"Implausible values are right."`
	Sign    string            `help:"Your name, under the statement of the question." placeholder:"NAME"`
	outputFlag
}

func (c *runAnswerCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	q, err := c.question(a, id)
	if err != nil {
		return err
	}
	got, err := query[struct {
		AnswerHumanStep struct {
			HumanStep humanStep `json:"humanStep"`
		} `json:"answerHumanStep"`
	}](a, answerHumanStep, map[string]any{"input": c.input(q)})
	if err != nil {
		return err
	}
	return printOne(a, c.Output, got.AnswerHumanStep.HumanStep, func() error {
		_, err := fmt.Fprintf(a.stdout, "%s: %s\n", q.Title, cmpOr(c.Answer, "confirmed"))
		return err
	})
}

// input is the answer with the values of its form, each as its type wants it.
func (c *runAnswerCmd) input(q humanStep) map[string]any {
	in := map[string]any{"id": q.ID, "answer": c.Answer, "confirm": c.Confirm}
	if c.Sign != "" {
		in["signature"] = c.Sign
	}
	if len(c.Value) == 0 {
		return in
	}
	text := map[string]bool{}
	for _, f := range q.Form {
		text[f.Name] = f.Type == "string" || f.Type == "duration"
	}
	values := map[string]any{}
	for name, v := range c.Value {
		values[name] = v
		if raw := json.RawMessage(v); !text[name] && json.Valid(raw) {
			values[name] = raw
		}
	}
	in["values"] = values
	return in
}

// question finds the one that waits.
func (c *runAnswerCmd) question(a *app, id string) (humanStep, error) {
	got, err := query[struct {
		Run *struct {
			HumanSteps []humanStep `json:"humanSteps"`
		} `json:"run"`
	}](a, questionsQuery, map[string]any{"id": id})
	if err != nil {
		return humanStep{}, err
	}
	var open []humanStep
	var nodes []string
	if got.Run != nil {
		for _, s := range got.Run.HumanSteps {
			if s.ClosedAt == nil && (c.Node == "" || s.Node == c.Node) {
				open = append(open, s)
				nodes = append(nodes, s.Node+" ("+oneLine(s.Title)+")")
			}
		}
	}
	switch len(open) {
	case 0:
		return humanStep{}, lab.Errorf(lab.State, "The run %s waits for no answer.", id)
	case 1:
		return open[0], nil
	}
	return humanStep{}, usagef("Several questions wait; name one with --node: %s", strings.Join(nodes, ", "))
}
