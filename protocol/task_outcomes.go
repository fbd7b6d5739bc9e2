package protocol

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// outcomes finds outcomes that the run waits for in vain, and those that never
// count because the trial has one already.
func (l *life) outcomes() {
	m := l.m
	drawn, alive := map[string]bool{}, map[string]bool{}
	m.eachAction(func(a task.Action) {
		if a.Do == task.DoOutcome {
			drawn[a.Outcome] = true
		}
	})
	if len(drawn) > 0 {
		l.actions(func(_ *state, _ *answer, a task.Action) {
			if a.Do == task.DoOutcome {
				alive[a.Outcome] = true
			}
		})
	}
	for _, name := range sortedKeys(m.data.Results) {
		word, ok := strings.CutPrefix(name, "outcome.")
		switch {
		case !ok || alive[word]:
		case drawn[word]:
			m.at().Report(diagnostic.UnreachableOutcome, "results."+name, fmt.Sprintf("the outcome %s is only set where the task never comes", word), "look at the guards and wires that lead there")
		default:
			hint := m.c.suggest(word, func() []string { return sortedKeys(drawn) })
			if hint == "" {
				hint = "set it with an outcome, or remove the result"
			}
			m.at().Report(diagnostic.UnreachableOutcome, "results."+name, fmt.Sprintf("nothing in the task sets the outcome %s, so this is always 0", clip(word)), hint)
		}
	}
	if len(drawn) > 0 {
		l.late()
	}
}

// late finds outcomes that are set when the trial certainly has one: the first
// counts. A wire of a composite may stand at several of its states and is late
// only if it is at all of them.
func (l *life) late() {
	has := l.judged()
	ways, places := map[string]bool{}, map[string]answer{}
	for _, s := range l.m.states {
		if !l.states[s] || s.exit {
			continue
		}
		during := has[s] || sets(s.made.Entry)
		if has[s] {
			l.m.c.at(s.item).late(s.made.Entry)
		}
		if during {
			l.m.c.at(s.item).late(s.made.Exit)
		}
		for _, a := range s.answers {
			if !slices.ContainsFunc(a.Actions, outcome) {
				continue
			}
			key := a.edge + "\x00" + a.node + "\x00" + a.field
			before, seen := ways[key]
			ways[key] = during && (before || !seen)
			places[key] = a
		}
	}
	for _, key := range sortedKeys(ways) {
		if ways[key] {
			p, _ := l.m.placeOf(places[key])
			p.late(places[key].Actions)
		}
	}
}

// judged are the states in which the trial certainly has an outcome when they
// are entered. It begins with all and takes away what some way disproves.
func (l *life) judged() map[*state]bool {
	has := map[*state]bool{}
	var first, todo []*state
	for _, s := range l.m.states {
		switch {
		case !l.states[s] || s.exit:
		case s.name == l.m.out.Initial || l.trials[s]:
			first = append(first, s)
		default:
			has[s] = true
			todo = append(todo, s)
		}
	}
	for todo = append(first, todo...); len(todo) > 0; todo = todo[1:] {
		s := todo[0]
		if has[s] || sets(s.made.Entry) || sets(s.made.Exit) {
			continue
		}
		l.ways(s, func(a answer) {
			if a.to != nil && has[a.to] && !sets(a.Actions) {
				has[a.to] = false
				todo = append(todo, a.to)
			}
		})
	}
	return has
}

func (p place) late(as []task.Action) {
	for _, a := range as {
		if a.Do == task.DoOutcome {
			p.Report(diagnostic.UnreachableOutcome, "", fmt.Sprintf("the outcome %s never counts: whichever way leads here, the trial already has one, and the first counts", clip(a.Outcome)),
				"remove it, or begin a trial before")
		}
	}
}

func outcome(a task.Action) bool { return a.Do == task.DoOutcome }

// sets says whether actions certainly set an outcome.
func sets(as []task.Action) bool {
	for _, a := range as {
		if a.Do == task.DoOutcome && a.If == "" {
			return true
		}
	}
	return false
}

// eachAction gives every action of the task, wherever it stands.
func (m *machine) eachAction(each func(task.Action)) {
	give := func(as []task.Action) {
		for _, a := range as {
			each(a)
		}
	}
	for _, a := range m.always {
		give(a.Actions)
	}
	for _, s := range m.states {
		if s.exit {
			continue
		}
		give(s.made.Entry)
		give(s.made.Exit)
		for _, a := range s.answers {
			give(a.Actions)
		}
	}
}
