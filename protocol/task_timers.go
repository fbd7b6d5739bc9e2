package protocol

import (
	"fmt"

	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/task"
)

// timerSet says which global timers may be armed, one bit each by their place
// among the watched.
type timerSet uint64

// maxWatched is how many fit into it.
const maxWatched = 64

// watchedTimer is a global timer that the author of a task starts and stops;
// what a composite needs for itself it stops itself.
type watchedTimer struct {
	place
	field, name string
}

func (s timerSet) has(i int) bool { return s&(1<<i) != 0 }
func (s *timerSet) add(i int)     { *s |= 1 << i }
func (s *timerSet) remove(i int)  { *s &^= 1 << i }

// armed follows global timers along the transitions. A timer that is still
// armed when the task ends, or when it enters a state that does not answer it,
// elapses where nobody meant it to: the classic mistake with such timers.
func (m *machine) armed(first *state) {
	if len(m.watched) == 0 {
		return
	}
	number := map[string]int{}
	for i, t := range m.watched {
		number[t.name] = i
	}
	flow := timerFlow{
		number: number, in: map[*state]timerSet{first: 0},
		heard: map[*state]timerSet{}, concerned: map[*state]timerSet{}, renewed: map[*state]timerSet{},
	}
	flow.look(m)
	for todo := []*state{first}; len(todo) > 0; todo = todo[1:] {
		s := todo[0]
		if s.exit {
			continue
		}
		during := flow.during(m, s)
		for _, list := range [][]answer{m.always, s.answers} {
			for _, a := range list {
				if a.to == nil {
					continue
				}
				after := flow.leave(s, a, during)
				known, visited := flow.in[a.to]
				if visited && known|after == known {
					continue
				}
				flow.in[a.to] = known | after
				todo = append(todo, a.to)
			}
		}
	}
	m.reportArmed(flow)
}

type timerFlow struct {
	number map[string]int
	in     map[*state]timerSet // that may be armed when a state is entered

	heard     map[*state]timerSet // that a state answers
	concerned map[*state]timerSet // that it starts or answers; elsewhere they only pass through
	renewed   map[*state]timerSet // that it stops or restarts as soon as it is entered
}

// apply follows actions; may is true when they need not happen.
func (f timerFlow) apply(set *timerSet, actions []task.Action, may bool) {
	for _, a := range actions {
		i, known := f.number[a.Timer]
		switch {
		case !known:
		case a.Do == task.DoStartTimer:
			set.add(i)
		case a.Do == task.DoStopTimer && a.If == "" && !may:
			set.remove(i)
		}
	}
}

// during is what may be armed at some moment in a state.
func (f timerFlow) during(m *machine, s *state) timerSet {
	set := f.in[s]
	f.apply(&set, s.made.Entry, false)
	for _, list := range [][]answer{m.always, s.answers} {
		for _, a := range list {
			if a.to == nil {
				f.apply(&set, a.Actions, true)
			}
		}
	}
	return set
}

// leave is what may be armed after a transition.
func (f timerFlow) leave(s *state, a answer, during timerSet) timerSet {
	set := during
	if len(a.Events) == 1 {
		if i, known := f.number[a.Events[0]]; known {
			set.remove(i) // it has just elapsed
		}
	}
	f.apply(&set, a.Actions, false)
	f.apply(&set, s.made.Exit, false)
	return set
}

// reportArmed says each timer once for each transition that leaves its state:
// where it is started or answered, and so where a stop belongs.
func (m *machine) reportArmed(flow timerFlow) {
	for _, s := range m.states {
		if _, visited := flow.in[s]; s.exit || !visited {
			continue
		}
		during := flow.during(m, s)
		for _, list := range [][]answer{m.always, s.answers} {
			for _, a := range list {
				if a.to == nil || a.to == s {
					continue
				}
				after := flow.leave(s, a, during)
				if a.to.passes() {
					continue
				}
				after &^= flow.heard[a.to] | flow.renewed[a.to]
				if !s.passes() { // else it stands for the state that led to it
					after &= flow.concerned[s] | flow.started(a.Actions)
				}
				for i, t := range m.watched {
					if !after.has(i) {
						continue
					}
					where := "enters " + a.to.name + ", which does not answer it"
					if a.to.exit {
						where = "ends"
					}
					stop := "on exit of " + s.name
					if s.kind.Expand != nil {
						stop = "with an action of the wire"
					}
					p, field := m.placeOf(a)
					p.Report(diagnostic.ArmedTimer, field, fmt.Sprintf("the timer %s may still be armed when the task leaves %s and %s", t.name, s.name, where),
						"stop it "+stop+", or answer it there")
				}
			}
		}
	}
}

// passes says whether a state takes no time, so that nothing can elapse in it.
func (s *state) passes() bool { return !s.exit && s.made.Pass }

// look notes what each state has to do with the timers, once: a large task is
// asked of each of its transitions.
func (f timerFlow) look(m *machine) {
	always := f.answered(m.always)
	for _, s := range m.states {
		if s.exit {
			continue
		}
		f.heard[s] = always | f.answered(s.answers)
		f.concerned[s] = f.heard[s] | f.started(s.made.Entry) | f.started(s.made.Exit)
		for _, a := range s.answers {
			f.concerned[s] |= f.started(a.Actions)
		}
		f.renewed[s] = f.at(s.made.Entry, func(a task.Action) bool {
			return a.If == "" && (a.Do == task.DoStopTimer || a.Do == task.DoStartTimer)
		})
	}
}

func (f timerFlow) answered(as []answer) (set timerSet) {
	for _, a := range as {
		for _, event := range a.Events {
			if i, known := f.number[event]; known {
				set.add(i)
			}
		}
	}
	return set
}

func (f timerFlow) started(as []task.Action) timerSet {
	return f.at(as, func(a task.Action) bool { return a.Do == task.DoStartTimer })
}

// at are the timers of some of the actions.
func (f timerFlow) at(as []task.Action, which func(task.Action) bool) (set timerSet) {
	for _, a := range as {
		if i, known := f.number[a.Timer]; known && which(a) {
			set.add(i)
		}
	}
	return set
}
