package dryrun

import (
	"encoding/json"
	"maps"

	"github.com/lics-lab/lics/plan"
)

// setParameter gives the plan what a person changed. A protocol that has not
// that parameter goes on without.
func (w *walk) setParameter(e *sessionEvent) {
	w.next++
	if _, err := w.runner.SetParameters(map[string]json.RawMessage{e.Name: e.body["new"]}); err == nil {
		w.result.Inputs++
	}
}

// given are the parameters that a command to run a task began with: those of
// the step, or, when the task went on after an interruption, what live ones had
// become by then.
func (w *walk) given(s plan.Step, t *plan.Task, visit string, k *take) map[string]json.RawMessage {
	if visit == s.Visit || len(s.Parameters) == 0 {
		return s.Parameters
	}
	values := maps.Clone(s.Parameters)
	for _, e := range w.events {
		if e.Kind != kindSetParameter || e.at.After(k.at[0]) {
			continue
		}
		for _, v := range t.Program.Variables {
			if v.Live && v.Parameter && t.Parameters[v.Name] == e.Name {
				values[v.Name] = e.body["new"]
			}
		}
	}
	return values
}
