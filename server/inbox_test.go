package server_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
)

// asked puts a question of a run to people.
func (s *site) asked(run, node, role string) lab.HumanStep {
	s.t.Helper()
	h := lab.HumanStep{ID: run + "/" + node + "/1", Run: run, Node: node, Title: "Is " + node + " done?", Role: role}
	require.NoError(s.t, s.store.AskHuman(s.t.Context(), h))
	h, err := s.store.HumanStep(s.t.Context(), s.user.Organisation, h.ID)
	require.NoError(s.t, err)
	s.questions.Publish(h)
	return h
}

func TestTheInboxIsFiltered(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m1")
	require.Empty(t, s.ask(startRun, start(t, func(in map[string]any) { in["subject"] = m1 })).Errors)
	with, without := s.runner.started[0].ID, s.begun()
	s.asked(with, "weighing", "technician")
	s.asked(without, "cleaning", "")
	list := func(filter map[string]any) (nodes []string) {
		var got struct {
			HumanSteps struct {
				Nodes []struct {
					Node      string
					MayAnswer bool
					Run       struct {
						Subject *struct{ Name string }
						Devices []struct{ DeviceID string }
					}
				}
			}
		}
		s.ask(`query($f: HumanStepFilter) { humanSteps(filter: $f) { nodes { node mayAnswer run { subject { name } devices { deviceId } } } } }`,
			map[string]any{"f": filter}).into(t, &got)
		for _, n := range got.HumanSteps.Nodes {
			require.True(t, n.MayAnswer, "an administrator may answer all")
			require.Equal(t, "rig-1", n.Run.Devices[0].DeviceID)
			nodes = append(nodes, n.Node)
		}
		return nodes
	}
	p, err := s.store.ProtocolByName(t.Context(), s.user.Organisation, "lever")
	require.NoError(t, err)
	both := []string{"weighing", "cleaning"}
	for _, tt := range []struct {
		filter map[string]any
		want   []string
	}{
		{nil, both},
		{map[string]any{"mine": true}, both},
		{map[string]any{"run": without}, []string{"cleaning"}},
		{map[string]any{"subject": m1}, []string{"weighing"}},
		{map[string]any{"device": "rig-1"}, both},
		{map[string]any{"device": "rig-2"}, nil},
		{map[string]any{"protocol": p.ID}, both},
		{map[string]any{"experiment": m1}, nil},
		{map[string]any{"search": "CLEAN"}, []string{"cleaning"}},
		{map[string]any{"search": "m1"}, []string{"weighing"}},
		{map[string]any{"run": "x"}, nil},
	} {
		require.Equal(t, tt.want, list(tt.filter), tt.filter)
	}
}

func TestTheInboxIsWatched(t *testing.T) {
	t.Parallel()
	s := ready(t)
	run, other := s.begun(), s.begun()
	s.asked(run, "first", "")
	s.asked(other, "elsewhere", "")
	c := s.open()
	c.subscribe("1", `subscription($f: HumanStepFilter) { humanSteps(filter: $f) { id node closedAt answer run { id } } }`,
		map[string]any{"f": map[string]any{"run": run}})
	type step struct {
		ID, Node, Answer string
		ClosedAt         *string
	}
	next := func() step {
		m := c.next()
		require.Equal(t, "next", m.Type, string(m.Payload))
		var p struct{ Data struct{ HumanSteps step } }
		require.NoError(t, json.Unmarshal(m.Payload, &p))
		return p.Data.HumanSteps
	}
	first := next()
	require.Equal(t, "first", first.Node)
	s.asked(other, "elsewhere2", "")
	second := s.asked(run, "second", "")
	require.Equal(t, "second", next().Node)

	a := s.ask(`mutation($in: AnswerHumanStepInput!) { answerHumanStep(input: $in) { humanStep { id } } }`,
		map[string]any{"in": map[string]any{"id": first.ID, "answer": "yes"}})
	require.Empty(t, a.Errors)
	answered := next()
	require.Equal(t, first.ID, answered.ID)
	require.Equal(t, "yes", answered.Answer)
	require.NotNil(t, answered.ClosedAt)

	// What the run takes back is told, too.
	require.NoError(t, s.store.CloseHuman(t.Context(), second.ID))
	s.questions.Publish(second)
	gone := next()
	require.Equal(t, second.ID, gone.ID)
	require.NotNil(t, gone.ClosedAt)
}
