package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
)

// Source says where a page's protocol is found and where its picture lies.
type Source struct {
	// Document is what the command line takes: a file, or template:NAME.
	Document string
	// Picture is the address of the picture; empty for none.
	Picture string
}

// Markdown writes the page of a graph: what it is, its picture, its parameters
// with types, units and limits, the devices it needs, what comes out, and the
// commands that run it.
func Markdown(g *protocol.Graph, from Source) []byte {
	w := &writer{}
	w.line("# %s", cell(g.Name))
	if g.Description != "" {
		w.line("%s", prose(g.Description))
	}
	if g.Reference != "" {
		w.line("**Reference:** %s", Reference(g.Reference))
	}
	if from.Picture != "" {
		w.line("![The session, and the states of each task](%s)", from.Picture)
	}
	w.parameters(g.Parameters)
	w.roles(g.Roles)
	w.outcomes(g)
	w.variables(g)
	w.run(g, from)
	return w.b.Bytes()
}

type writer struct{ b bytes.Buffer }

// line writes a paragraph.
func (w *writer) line(format string, args ...any) {
	if w.b.Len() > 0 {
		w.b.WriteByte('\n')
	}
	fmt.Fprintf(&w.b, format+"\n", args...)
}

func (w *writer) table(head []string, rows [][]string) {
	w.line("| %s |\n|%s", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, r := range rows {
		fmt.Fprintf(&w.b, "| %s |\n", strings.Join(r, " | "))
	}
}

// cell is a text that stays in its cell and is not taken for markup.
func cell(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "*", "\\*", "\n", " ").Replace(s)
}

func prose(s string) string { return strings.NewReplacer("<", "&lt;", "*", "\\*").Replace(s) }

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(s, "|", "\\|") + "`"
}

var doi = regexp.MustCompile(`\b(?:doi:)?(10\.[0-9]{4,9}/[^\s;,]+)`)

// Reference is a citation as Markdown, with its DOIs as links.
func Reference(s string) string { return doi.ReplaceAllString(cell(s), "[doi:$1](https://doi.org/$1)") }

func (w *writer) parameters(all []protocol.Parameter) {
	w.line("## Parameters")
	if len(all) == 0 {
		w.line("It has none.")
		return
	}
	rows := make([][]string, len(all))
	live := false
	for i := range all {
		p := &all[i]
		change := ""
		if p.Live {
			change, live = "yes", true
		}
		meaning := cell(p.Help)
		if p.Label != "" {
			meaning = "**" + cell(p.Label) + ".** " + meaning
		}
		rows[i] = []string{code(p.Name), code(p.Type), cell(p.Unit), code(value(p.Default)), limits(p), change, meaning}
	}
	w.table([]string{"Name", "Type", "Unit", "Default", "Limits", "Live", "Meaning"}, rows)
	if live {
		w.line("Live parameters can be changed while a run goes on; a task takes the change at its next trial.")
	}
}

// value is a JSON value as people write it on the command line.
func value(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		if s == "" {
			return `""`
		}
		return s
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return ""
	}
	return strings.ReplaceAll(b.String(), ",", ", ")
}

func limits(p *protocol.Parameter) string {
	unit := ""
	if p.Type == "duration" {
		unit = " s"
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	var options []json.RawMessage
	if len(p.Options) > 0 && json.Unmarshal(p.Options, &options) == nil {
		names := make([]string, len(options))
		for i, o := range options {
			names[i] = code(value(o))
		}
		return strings.Join(names, ", ")
	}
	switch {
	case p.Minimum != nil && p.Maximum != nil:
		return number(*p.Minimum) + " to " + number(*p.Maximum) + unit
	case p.Minimum != nil:
		return "at least " + number(*p.Minimum) + unit
	case p.Maximum != nil:
		return "at most " + number(*p.Maximum) + unit
	}
	return ""
}

func (w *writer) roles(all []protocol.Role) {
	w.line("## Devices")
	if len(all) == 0 {
		w.line("It needs none.")
		return
	}
	for i := range all {
		r := &all[i]
		title := "Role " + code(r.Name)
		if r.Label != "" {
			title += ": " + cell(r.Label)
		}
		w.line("%s", title)
		rows := make([][]string, len(r.Channels))
		for k, c := range r.Channels {
			way, events := "output", ""
			if c.Direction == "in" {
				way, events = "input", code(or(c.Rising, c.Name+"_in"))+", "+code(or(c.Falling, c.Name+"_out"))
			}
			rows[k] = []string{code(c.Name), way, events, cell(c.Label)}
		}
		if len(rows) > 0 {
			w.table([]string{"Channel", "Direction", "Events", "What it is"}, rows)
		}
	}
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// outcomes are the words that trials, tasks and the session end with.
func (w *writer) outcomes(g *protocol.Graph) {
	var trials, ends []string
	note := func(into *[]string, name string) {
		if name != "" && !slices.Contains(*into, name) {
			*into = append(*into, name)
		}
	}
	of := func(actions []node.Action) {
		for _, o := range outcomes(actions) {
			note(&trials, o)
		}
	}
	for i := range g.Nodes {
		switch n := &g.Nodes[i]; n.Type {
		case "state", "always":
			d := decoded[node.StateData](n.Data)
			of(d.Entry)
			of(d.Exit)
			for k := range d.On {
				of(d.On[k].Actions)
			}
		case "outcome":
			note(&trials, decoded[node.OutcomeData](n.Data).Outcome)
		case "end":
			note(&ends, decoded[node.OutcomeData](n.Data).Outcome)
		}
	}
	for i := range g.Edges {
		of(decoded[node.Handler](g.Edges[i].Data).Actions)
	}
	w.line("## Outcomes")
	switch {
	case len(trials) > 0:
		w.line("Of a trial: %s.", codes(trials))
	default:
		w.line("Trials have no outcomes.")
	}
	if len(ends) > 0 {
		w.line("Of the session: %s.", codes(ends))
	}
}

func codes(names []string) string {
	all := make([]string, len(names))
	for i, s := range names {
		all[i] = code(s)
	}
	return strings.Join(all, ", ")
}

func (w *writer) variables(g *protocol.Graph) {
	var rows [][]string
	for _, v := range g.Variables {
		rows = append(rows, []string{code(v.Name), "session", code(v.Type), code(v.Initial), cell(v.Help)})
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.Type != "task" {
			continue
		}
		d := decoded[node.TaskData](n.Data)
		for k := range d.Variables {
			v := &d.Variables[k]
			rows = append(rows, []string{code(v.Name), cell(or(d.Label, or(d.Name, n.ID))), code(v.Type), code(v.Initial), cell(v.Note)})
		}
	}
	w.line("## Variables")
	if len(rows) == 0 {
		w.line("It has none.")
		return
	}
	w.line("Every change is recorded.")
	w.table([]string{"Name", "Of", "Type", "At first", "Meaning"}, rows)
}

func (w *writer) run(g *protocol.Graph, from Source) {
	var devices strings.Builder
	for _, r := range g.Roles {
		fmt.Fprintf(&devices, " --device %s=DEVICE", r.Name)
	}
	w.line("## Run it\n\n```sh\nbin/lics protocol dry-run %s      # in virtual time, with a simulated animal; no device\nbin/lics run start %s%s --subject SUBJECT --wait\n```", from.Document, from.Document, devices.String())
	if len(g.Parameters) > 0 {
		p := &g.Parameters[0]
		v := value(p.Default)
		if v == "" {
			v = "VALUE"
		}
		w.line("Other values for parameters: `--param %s=%s`, as often as needed.", p.Name, v)
	}
}
