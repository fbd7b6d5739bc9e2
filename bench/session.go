package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/workflows"
)

// session starts runs of one protocol version, as the API does.
type session struct {
	sys     *system
	version string
	plan    *plan.Plan
}

func (s *system) session(ctx context.Context, g *protocol.Graph) (*session, error) {
	p, problems := protocol.Compile(g)
	if p == nil {
		return nil, fmt.Errorf("protocol %s: %v", g.Name, problems)
	}
	document, err := g.Encode()
	if err != nil {
		return nil, err
	}
	_, v, err := s.store.SaveProtocol(ctx, store.SaveProtocol{Organisation: s.org, Name: g.Name, Document: document, Hash: p.Hash, By: "bench"})
	return &session{s, v.ID, p}, err
}

// run starts a run and waits for its end. took is what a person waits.
func (s *session) run(ctx context.Context, parameters map[string]json.RawMessage, b lab.Binding) (id string, took time.Duration, err error) {
	bindings, err := json.Marshal([]lab.Binding{b})
	if err != nil {
		return "", 0, err
	}
	given, err := json.Marshal(parameters)
	if err != nil {
		return "", 0, err
	}
	r, _, err := s.sys.store.CreateRun(ctx, lab.Run{
		Organisation: s.sys.org, Version: s.version, Seed: 1, Parameters: given, Bindings: bindings, StartedBy: "bench",
	})
	if err != nil {
		return "", 0, err
	}
	in := workflows.RunInput{
		Run: r.ID, Organisation: s.sys.org, Protocol: s.plan.Name, Plan: *s.plan, Seed: r.Seed,
		Bindings: []lab.Binding{b}, Parameters: parameters,
	}
	start := time.Now()
	w, err := s.sys.temporal.ExecuteWorkflow(ctx, workflows.StartOptions(in), workflows.Run, in)
	if err != nil {
		return "", 0, err
	}
	var res workflows.RunResult
	if err := w.Get(ctx, &res); err != nil {
		return "", 0, err
	}
	took = time.Since(start)
	if res.Status != lab.RunCompleted {
		return "", 0, fmt.Errorf("run %s ended %s: %s", r.ID, res.Status, res.Error)
	}
	return r.ID, took, nil
}

// sequence is what one would write in plain Temporal.
func sequence(ctx context.Context, c client.Client, steps int) (time.Duration, error) {
	start := time.Now()
	w, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: plainQueue}, plainSequence, steps)
	if err != nil {
		return 0, err
	}
	err = w.Get(ctx, nil)
	return time.Since(start), err
}
