package protocol

import (
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/task"
)

// machine is a task on its way to a program.
type machine struct {
	c    *checker
	item *item
	data node.TaskData
	role *role // nil when it is unknown: then nothing is said of channels
	out  *task.Program
	step *plan.Task

	words     *words
	variables map[string]expr.Type
	mapped    map[string]expr.Type // parameters that the session computes
	streams   map[string]expr.Type // Invalid while the type is unknown
	timers    map[string]bool
	events    map[string]bool // everything that can be answered
	eventList []string

	answered    map[string]bool // events with a handler
	started     map[string]bool // timers that something starts or stops
	drawn       map[string]bool // streams
	assigned    map[string]bool
	kept        map[string]bool // variables that results read
	usedOutputs map[string]bool

	states   []*state
	names    map[string]bool    // of states
	byItem   map[*item]*state   // the state that wires to a node lead to
	more     map[*item][]*state // the other states of a composite
	declared []*ownDeclarations // of composites
	watched  []watchedTimer     // global timers that people start and stop
	always   []answer           // before every state's own
	broken   bool               // a child has no usable data: what follows paths is not checked
}

// state is a state of the task with its answers in the order they are asked.
type state struct {
	*item
	name    string // in the program: a composite has several
	made    *task.State
	answers []answer
	exit    bool
}

// answer is a handler with where it was drawn.
type answer struct {
	task.Handler
	to    *state // nil stays
	edge  string // id of the transition; empty for one in a state's data
	node  string
	field string
	order int
}

// task compiles a task container to the program of its step.
func (c *checker) task(n *item, site *sessionSite, step *plan.Task) {
	m := &machine{
		c: c, item: n, step: step, role: c.roles[step.Role],
		out:       &task.Program{},
		variables: map[string]expr.Type{}, mapped: map[string]expr.Type{}, streams: map[string]expr.Type{},
		timers: map[string]bool{}, events: map[string]bool{}, answered: map[string]bool{}, started: map[string]bool{},
		drawn: map[string]bool{}, assigned: map[string]bool{}, kept: map[string]bool{}, usedOutputs: map[string]bool{}, names: map[string]bool{},
		byItem: map[*item]*state{}, more: map[*item][]*state{},
	}
	var ok bool
	if m.data, ok = node.Decode[node.TaskData](site, n.Data); !ok {
		c.incomplete = true
		return
	}
	before := len(c.ds)
	m.out.Name = n.name
	if other := c.tasks[n.name]; other != "" {
		site.Report(diagnostic.DuplicateName, "name", fmt.Sprintf("the tasks %s and %s have the same name and would draw the same values", other, n.ID), "rename one of them")
	}
	c.tasks[n.name] = n.ID
	m.declare(site)
	m.collectStates()
	m.collectEvents()
	m.bodies()
	m.initial()
	m.results(site)
	m.limits()
	m.parameters()
	m.tooLarge()
	if m.broken {
		c.incomplete = true
		return
	}
	m.handlers()
	m.paths()
	m.unusedDeclarations()
	m.channels()
	m.out.Format = m.out.OldestFormat()
	if !diagnostic.HasErrors(c.ds[before:]) && !diagnostic.HasErrors(c.ds[:before]) {
		m.backstop()
	}
	step.Program = *m.out
}

// at is the place of a task's own fields.
func (m *machine) at() *taskSite { return m.site(m.item) }

// site is what the kind of a node in the task sees.
func (m *machine) site(n *item) *taskSite { return &taskSite{fields{m.c.at(n), m.words}, m} }

// collectStates finds the states and exits and checks their names.
func (m *machine) collectStates() {
	taken := map[string]bool{task.ExitLimit: true, plan.PortFailed: true}
	for _, n := range m.item.children {
		if n.kind == nil || n.broken {
			m.broken = true
			continue
		}
		if !n.kind.Enterable() {
			continue
		}
		p := m.c.at(n)
		if n.Type == "exit" && taken[n.name] {
			p.Report(diagnostic.DuplicateName, "name", fmt.Sprintf("every task has its own port %s", n.name), "rename the exit")
			m.broken = true
			continue
		}
		if !p.name("name", n.name, n.Type, m.names) {
			m.broken = true
			continue
		}
		s := &state{item: n, name: n.name, exit: n.Type == "exit"}
		if !s.exit {
			s.made = &task.State{Name: n.name, Node: n.ID}
		}
		m.states = append(m.states, s)
		m.byItem[n] = s
	}
	if !slices.ContainsFunc(m.states, func(s *state) bool { return !s.exit }) && !m.broken {
		m.at().Report(diagnostic.EmptyTask, "", fmt.Sprintf("the task %s has no state", m.item.ID), "draw at least one state in it")
		m.broken = true
	}
}

// initial resolves the first state.
func (m *machine) initial() {
	site := m.at()
	var names []string
	for _, s := range m.states {
		if !s.exit {
			names = append(names, s.name)
		}
	}
	m.out.Initial = m.data.Initial
	switch {
	case m.data.Initial == "":
		hint := "choose the state it begins in"
		if len(names) > 0 {
			hint += ": " + diagnostic.List(names)
		}
		if len(names) > 0 || !m.broken {
			site.Report(diagnostic.NoInitial, "initial", fmt.Sprintf("the task %s does not say where it begins", m.item.ID), hint)
		}
		m.broken = true
	case !slices.Contains(names, m.data.Initial):
		if !m.broken {
			site.Report(diagnostic.UnknownState, "initial", fmt.Sprintf("the task has no state %s", clip(m.data.Initial)), diagnostic.DidYouMean(m.data.Initial, names))
		}
		m.broken = true
	}
}

// limits are over parameters, as the machine evaluates them at its start.
func (m *machine) limits() {
	s, l := m.at(), m.data.Limits
	m.out.Limits = task.Limits(l)
	for _, x := range []struct {
		name, src, least string
		want             expr.Type
		wrong            func(expr.Value) bool
	}{
		{"duration", l.Duration, "above 0s", expr.Duration, func(v expr.Value) bool { return v.Duration() <= 0 }},
		{"trials", l.Trials, "at least 1", expr.Int, func(v expr.Value) bool { return v.Int() < 1 }},
		{"volume", l.Volume, "above 0 µl", expr.Float, func(v expr.Value) bool { return v.Float() <= 0 }},
	} {
		e := s.Expr("limits."+x.name, x.src, x.want)
		if e == nil {
			continue
		}
		if v, constant := e.Constant(); constant && x.wrong(v) {
			s.Report(diagnostic.BadValue, "limits."+x.name, "the limit of "+x.name+" must be "+x.least, "correct it; for no limit leave it empty")
		}
	}
}

// tooLarge refuses what no device would take, before anything follows paths
// through it.
func (m *machine) tooLarge() {
	refuse := func(n *item, what string, have, most int) {
		if have > most {
			m.c.at(n).Report(diagnostic.BadProgram, "", fmt.Sprintf("%d %s, at most %d are possible", have, what, most), "split it")
			m.broken = true
		}
	}
	refuse(m.item, "states in one task", len(m.states), task.MaxStates)
	refuse(m.item, "answers in always", len(m.always), task.MaxHandlers)
	refuse(m.item, "global timers in one task", len(m.watched), maxWatched)
	refuse(m.item, "global timers in one task, with those of its nodes", len(m.out.Timers), maxTimers)
	for _, s := range m.states {
		refuse(s.item, "answers and transitions of one state", len(s.answers), task.MaxHandlers)
	}
}

// parameters gives the program those it uses: the protocol's by their own
// name, then what the session computes for it.
func (m *machine) parameters() {
	var parameters []task.Variable
	m.step.Parameters = map[string]string{}
	for _, q := range m.c.g.Parameters {
		_, own := m.variables[q.Name]
		_, mapped := m.mapped[q.Name]
		if own || mapped || m.isInput(q.Name) || isBuiltin(q.Name) || !m.words.isUsed(q.Name) {
			continue
		}
		m.c.usedParameters[q.Name] = true
		parameters = append(parameters, task.Variable{Name: q.Name, Type: q.Type, Parameter: true, Live: q.Live})
		m.step.Parameters[q.Name] = q.Name
	}
	for _, name := range sortedKeys(m.mapped) {
		parameters = append(parameters, task.Variable{Name: name, Type: m.mapped[name].String(), Parameter: true})
		m.step.Parameters[name] = m.data.Parameters[name]
	}
	m.out.Variables = append(parameters, m.out.Variables...)
}

// channels gives the program the outputs it drives and every input of the
// device: what an animal does is recorded even where nothing answers it.
func (m *machine) channels() {
	if m.role == nil {
		return
	}
	for _, ch := range m.role.channels {
		if ch.Direction == task.In || m.usedOutputs[ch.Name] {
			m.out.Channels = append(m.out.Channels, ch)
			m.role.usedChannels[ch.Name] = true
		}
	}
	for _, name := range task.Shaped(m.out) {
		m.role.shaped[name] = true
	}
}

func (m *machine) unusedDeclarations() {
	if m.c.incomplete {
		return
	}
	s := m.at()
	for _, name := range sortedKeys(m.mapped) {
		if !m.words.isUsed(name) {
			s.Report(diagnostic.UnusedParameter, "parameters."+name, "the task does not use "+name, "use it in an expression of the task, or remove it")
		}
	}
	for i, v := range m.data.Variables {
		field, read := "variables["+itoa(i)+"].name", m.words.isUsed(v.Name) || m.kept[v.Name]
		switch written := m.assigned[v.Name]; {
		case !read && !written:
			s.Report(diagnostic.UnusedVariable, field, "nothing uses the variable "+v.Name, "use it, or remove it")
		case !read && v.Silent:
			s.Report(diagnostic.UnreadVariable, field, "the variable "+v.Name+" is changed, but neither read nor recorded", "record it, use it, or remove it")
		case !written:
			s.Report(diagnostic.UnwrittenVariable, field, "the variable "+v.Name+" is read, but nothing ever changes it", "assign it, or make it a parameter")
		}
	}
	for i, x := range m.data.Streams {
		if !m.drawn[x.Name] {
			s.Report(diagnostic.UnusedDeclaration, "streams["+itoa(i)+"].name", "nothing draws from the stream "+x.Name, "draw from it, or remove it")
		}
	}
	for _, x := range m.watched {
		if !m.started[x.name] {
			x.Report(diagnostic.UnusedDeclaration, x.field, "nothing starts the timer "+x.name, "start it, or remove it")
		} else if !m.answered[x.name] {
			x.Report(diagnostic.UnansweredTimer, x.field, "nothing answers when the timer "+x.name+" elapses", "answer its event in a state, or remove it")
		}
	}
}

// backstop asks the interpreter itself. What it refuses has a better word in
// this package or should get one; but a program that it refuses must never
// pass, and here is where that is made sure.
func (m *machine) backstop() {
	for _, x := range task.Check(m.out) {
		p := place{c: m.c, node: x.Node}
		if x.Edge != "" && m.c.byID[x.Edge] == nil {
			p.node, p.edge = "", x.Edge
		}
		if p.node == "" && p.edge == "" {
			p.node = m.item.ID
		}
		code := diagnostic.Code(x.Code)
		if !slices.Contains(diagnostic.Codes(), code) {
			code = diagnostic.BadProgram
		}
		p.Report(code, x.Field, x.Place+": "+x.Message, x.Hint)
	}
}
