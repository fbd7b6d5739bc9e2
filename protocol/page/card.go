package page

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/task"
)

// card is a node as it is drawn: a title, what it does, and a row for each way
// out of it. Because what is said of a wire stands in its row, no text ever
// lies on a wire or on another text.
type card struct {
	id       string
	name     string // as the document refers to it
	title    string
	kind     string // above the title; empty for plain states
	level    node.Level
	terminal bool
	trial    bool
	about    []line
	rows     []row
	x, y     float64 // in the document: its left, and its middle

	// What the layout says.
	col, row   int
	left, top  float64
	lower      float64 // than others of its row, so that the titles are level
	wide, tall float64
}

// row is a way out of a card, or an answer that stays in it.
type row struct {
	lines []line
	to    string // id of a card; empty when it stays
	at    float64
}

// line is one line of text and the class that it is drawn with.
type line struct{ class, text string }

// The classes of lines.
const (
	classTitle   = "t"  // of a card
	classKind    = "k"  // of a node, small
	classAbout   = "a"  // what it does
	classLabel   = "l"  // of a transition
	classEvent   = "e"  // fixed width
	classGuard   = "g"  // fixed width
	classOutcome = "o"  // of the trial
	classStays   = "st" // an answer that stays in the state
)

// widest is how many letters a line may have.
const widest = 27

// usualTall is how tall editors draw a node that does not say.
const usualTall = 60

func decoded[T any](raw json.RawMessage) (data T) {
	if len(raw) > 0 {
		_ = json.Unmarshal(raw, &data) // what cannot be read is drawn empty; the checker says why
	}
	return data
}

func titleOf(n *protocol.Node, k *node.Kind) string {
	d := decoded[struct{ Label, Name, Title, Outcome string }](n.Data)
	fallback := n.ID
	if k.Level == node.Session {
		fallback = k.Label
	}
	for _, s := range []string{d.Label, d.Title, d.Name, d.Outcome} {
		if s != "" {
			return s
		}
	}
	return fallback
}

func newCard(n *protocol.Node, wires []*protocol.Edge) *card {
	c := &card{id: n.ID, title: n.ID, x: n.Position.X, y: n.Position.Y + max(n.Position.Height, usualTall)/2}
	c.name = decoded[struct{ Name string }](n.Data).Name
	k := node.ByType(n.Type)
	if k == nil {
		c.kind = n.Type
		return c
	}
	c.title, c.level, c.kind = titleOf(n, k), k.Level, k.Label
	c.terminal = k.Type == "end" || k.Type == "exit"
	if c.kind == c.title {
		c.kind = ""
	}
	switch k.Type {
	case "state":
		c.kind = ""
		c.state(decoded[node.StateData](n.Data))
	case "always":
		c.stays(decoded[node.AlwaysData](n.Data).On)
	default:
		for _, s := range summary(n, k) {
			c.say(s)
		}
	}
	answers := slices.ContainsFunc(k.Ports, func(r node.PortRule) bool { return r.Answers })
	at := len(c.rows)
	for _, e := range wires {
		if k.Container && e.Port() == "body" {
			continue // leads into its own frame
		}
		c.rows = append(c.rows, way(e, answers, len(wires)))
	}
	// The ways out come first: they are what the picture is for.
	c.rows = append(slices.Clone(c.rows[at:]), c.rows[:at]...)
	return c
}

func (c *card) say(text string) {
	for _, s := range wrap(text, widest) {
		c.about = append(c.about, line{classAbout, s})
	}
}

func (c *card) state(d node.StateData) {
	c.trial = d.Trial
	if d.Timer != "" {
		c.say("timer " + d.Timer)
	}
	var held, pulsed []string
	for _, o := range d.Outputs {
		held = append(held, o.Channel)
	}
	for _, a := range d.Entry {
		if a.Do == task.DoPulse && !slices.Contains(pulsed, a.Channel) {
			pulsed = append(pulsed, a.Channel)
		}
	}
	if len(held) > 0 {
		c.say("holds " + strings.Join(held, ", "))
	}
	if len(pulsed) > 0 {
		c.say("pulses " + strings.Join(pulsed, ", "))
	}
	c.stays(d.On)
}

// stays adds the answers that do not leave the state.
func (c *card) stays(handlers []node.Handler) {
	for i := range handlers {
		h := &handlers[i]
		r := row{}
		r.say(classStays, "↺ "+events(h.All()))
		for _, o := range outcomes(h.Actions) {
			r.say(classOutcome, "◆ "+o)
		}
		c.rows = append(c.rows, r)
	}
}

// way is the row of a wire: what it is called, when it is taken and how the
// trial ends by it.
func way(e *protocol.Edge, answers bool, of int) row {
	h := decoded[node.Handler](e.Data)
	r := row{to: e.Target}
	ended := outcomes(h.Actions)
	if h.Label != "" && !slices.ContainsFunc(ended, func(o string) bool { return plain(o) == plain(h.Label) }) {
		r.say(classLabel, h.Label)
	}
	switch {
	case answers:
		r.say(classEvent, events(h.All()))
	case of > 1 || e.Port() != "out":
		r.say(classEvent, e.Port())
	}
	if h.Guard != "" {
		r.say(classGuard, "["+h.Guard+"]")
	}
	for _, o := range ended {
		r.say(classOutcome, "◆ "+o)
	}
	return r
}

func plain(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", " ") }

func (r *row) say(class, text string) {
	for _, s := range wrap(text, widest) {
		r.lines = append(r.lines, line{class, s})
	}
}

// events names a few events in full and many by the first and the last.
func events(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s … %s", names[0], names[len(names)-1])
	}
	return strings.Join(names, ", ")
}

func outcomes(actions []node.Action) []string {
	var all []string
	for _, a := range actions {
		if a.Do == task.DoOutcome {
			all = append(all, a.Outcome)
		}
	}
	return all
}

// summary is the first things that a node's data says, in the order of its form.
func summary(n *protocol.Node, k *node.Kind) []string {
	data := decoded[map[string]any](n.Data)
	var all []string
	for _, f := range k.Schema.Fields {
		if slices.Contains([]string{"label", "note", "name", "title", "text", "initial", "outcome"}, f.Name) || len(all) == 3 {
			continue
		}
		var text string
		switch v := data[f.Name].(type) {
		case string:
			text = v
		case float64:
			text = fmt.Sprint(v)
		case bool:
			if v {
				all = append(all, strings.ToLower(f.Title))
			}
		}
		if text != "" {
			all = append(all, strings.ToLower(f.Title)+" "+text)
		}
	}
	return all
}

// wrap breaks a text into lines of at most so many letters, at spaces where it
// can.
func wrap(text string, most int) []string {
	var lines []string
	now := ""
	for word := range strings.FieldsSeq(text) {
		for {
			room := most - len([]rune(now))
			if now != "" {
				room--
			}
			if n := len([]rune(word)); n <= room {
				if now != "" {
					now += " "
				}
				now += word
				break
			}
			if now != "" {
				lines, now = append(lines, now), ""
				continue
			}
			lines = append(lines, string([]rune(word)[:most]))
			word = string([]rune(word)[most:])
		}
	}
	if now != "" {
		lines = append(lines, now)
	}
	return lines
}
