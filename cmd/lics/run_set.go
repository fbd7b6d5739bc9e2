package main

import (
	"encoding/json"
	"strings"
)

type runSetCmd struct {
	RunID  string   `arg:"" name:"run" help:"The run's id, or its beginning or end as far as it is unique."`
	Value  []string `arg:"" sep:"none" placeholder:"NAME=VALUE" help:"A live parameter and its new value; several are changed together, or not at all."`
	Reason string   `aliases:"why" placeholder:"TEXT" help:"Why, for the record."`
	outputFlag
}

const runVersionQuery = `query RunVersion($id: ID!) { run(id: $id) { protocolVersion { id } } }`

const setRunParameters = `mutation Set($input: SetRunParametersInput!) {
  setRunParameters(input: $input) { changes { name old new applies unconfirmed } }
}`

// parameterChange is a parameter that was set; one line of `lics run set -o jsonl`.
type parameterChange struct {
	Name    string          `json:"name"`
	Old     json.RawMessage `json:"old"`
	New     json.RawMessage `json:"new"`
	Applies string          `json:"applies"` // UNCHANGED, NEXT_STEP or NEXT_TRIAL
	// Unconfirmed are devices that have not answered yet.
	Unconfirmed []string `json:"unconfirmed"`
}

func (c *runSetCmd) Run(a *app) error {
	id, err := a.runID(c.RunID)
	if err != nil {
		return err
	}
	known, err := a.declaredOf(id)
	if err != nil {
		return err
	}
	values, err := parameters("", c.Value, known)
	if err != nil {
		return err
	}
	input := map[string]any{"runId": id, "values": values}
	if c.Reason != "" {
		input["reason"] = c.Reason
	}
	got, err := query[struct {
		SetRunParameters struct {
			Changes []parameterChange `json:"changes"`
		} `json:"setRunParameters"`
	}](a, setRunParameters, map[string]any{"input": input})
	if err != nil {
		return err
	}
	return printList(a, c.Output, got.SetRunParameters.Changes, []column[parameterChange]{
		{"PARAMETER", func(p parameterChange) string { return p.Name }},
		{"WAS", func(p parameterChange) string { return valueText(p.Old) }},
		{"IS", func(p parameterChange) string { return valueText(p.New) }},
		{"HOLDS", parameterChange.holds},
	})
}

// holds says from when on.
func (p parameterChange) holds() string {
	switch {
	case p.Applies == "UNCHANGED":
		return "as before"
	case p.Applies == "NEXT_STEP":
		return "in what begins from now on"
	case len(p.Unconfirmed) > 0:
		return "from the next trial after " + strings.Join(p.Unconfirmed, ", ") + " has heard"
	}
	return "from the next trial on"
}

// declaredOf are the parameters of a run's protocol.
func (a *app) declaredOf(run string) ([]declared, error) {
	got, err := query[struct {
		Run *struct {
			ProtocolVersion struct {
				ID string `json:"id"`
			} `json:"protocolVersion"`
		} `json:"run"`
	}](a, runVersionQuery, map[string]any{"id": run})
	if err != nil || got.Run == nil {
		return nil, err
	}
	return a.declarations(got.Run.ProtocolVersion.ID)
}
