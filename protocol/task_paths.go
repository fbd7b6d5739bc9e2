package protocol

import (
	"fmt"
	"strings"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

// paths checks where a task can go: states that nothing reaches, states that
// nothing leaves, timers that stay armed, circles without time, and what can
// never happen.
func (m *machine) paths() {
	if m.broken {
		return
	}
	var first *state
	for _, s := range m.states {
		if s.name == m.out.Initial && !s.exit {
			first = s
		}
	}
	reached := m.reach(first)
	for _, s := range m.states {
		if !reached[s] && s == m.byItem[s.item] {
			m.c.at(s.item).Report(diagnostic.NeverFires, "", fmt.Sprintf("no transition ever reaches the %s %s", s.Type, s.name), "wire it, or remove it")
		}
	}
	limited := strings.TrimSpace(m.out.Limits.Duration+m.out.Limits.Trials+m.out.Limits.Volume) != ""
	if !limited {
		m.wayOut(reached)
	}
	m.armed(first)
	before := len(m.c.ds)
	if m.zeroTime(); len(m.c.ds) > before {
		return // what a circle never comes to needs no words
	}
	life := m.living(first)
	life.windows(reached)
	life.outcomes()
	life.limits(first)
	life.volumes()
	life.uncounted()
}

// next are the states that a state can change into.
func (m *machine) next(s *state) []*state {
	if s.exit {
		return nil
	}
	var to []*state
	for _, list := range [][]answer{m.always, s.answers} {
		for _, a := range list {
			if a.to != nil {
				to = append(to, a.to)
			}
		}
	}
	return to
}

func (m *machine) reach(from *state) map[*state]bool {
	seen := map[*state]bool{from: true}
	for todo := []*state{from}; len(todo) > 0; todo = todo[1:] {
		for _, to := range m.next(todo[0]) {
			if !seen[to] {
				seen[to] = true
				todo = append(todo, to)
			}
		}
	}
	return seen
}

// wayOut looks for an end in a task that no limit ends.
func (m *machine) wayOut(reached map[*state]bool) {
	endless := true
	for _, s := range m.states {
		if !reached[s] {
			continue
		}
		if s.exit {
			endless = false
			continue
		}
		leaves := false
		for _, to := range m.next(s) {
			leaves = leaves || to != s
		}
		if !leaves {
			m.c.at(s.item).Report(diagnostic.NoWayOut, "", fmt.Sprintf("once in %s, the task stays there until a person stops it", s.name), "wire a transition out of it, or give the task a limit")
		}
	}
	if endless {
		m.at().Report(diagnostic.EndlessTask, "limits", fmt.Sprintf("the task %s has neither a limit nor an exit that can be reached", m.item.ID), "give it a limit of time or trials, or an exit; or mean it to run until a person stops it")
	}
}
