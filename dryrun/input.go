package dryrun

import (
	"fmt"
	"sort"
	"strings"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// plain forgets case, spaces and underscores: Port2In is port_2_in.
func plain(s string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(s))
}

// edgeOf finds the edge that an input's name means among channels.
func edgeOf(channels []task.Channel, name string) (channel string, high, ok bool) {
	type match struct {
		channel string
		high    bool
	}
	exact, loose := map[match]bool{}, map[match]bool{}
	note := func(spelling, channel string, high bool) {
		if spelling == name {
			exact[match{channel, high}] = true
		}
		if plain(spelling) == plain(name) {
			loose[match{channel, high}] = true
		}
	}
	for _, c := range channels {
		if c.Direction != task.In {
			continue
		}
		for _, s := range []string{c.RisingEvent(), c.Name, c.Name + "_in", c.Name + "=1"} {
			note(s, c.Name, true)
		}
		for _, s := range []string{c.FallingEvent(), c.Name + "_out", c.Name + "=0"} {
			note(s, c.Name, false)
		}
	}
	for _, found := range []map[match]bool{exact, loose} {
		if len(found) == 1 {
			for m := range found {
				return m.channel, m.high, true
			}
		}
	}
	return "", false, false
}

// target is a line that an input's name means.
type target struct {
	role    string
	channel string
	high    bool
}

// targets are the lines of all roles that have the channel of an input; there
// are few names, and many inputs.
func (w *world) targets(name string) []target {
	if known, ok := w.named[name]; ok {
		return known
	}
	var out []target
	for _, role := range w.plan.Roles {
		if channel, high, ok := edgeOf(role.Channels, name); ok {
			out = append(out, target{role.Name, channel, high})
		}
	}
	w.named[name] = out
	return out
}

// input gives one input to the boxes that have its channel.
func (w *world) input(in Input) {
	for _, t := range w.targets(in.Event) {
		w.edge(w.boxes[t.role], t.channel, t.high)
	}
}

func (w *world) checkInputs() error {
	for i, in := range w.inputs {
		if in.At < 0 {
			return fmt.Errorf("input %d (%s): the time is negative", i+1, in.Event)
		}
		if len(w.targets(in.Event)) > 0 {
			continue
		}
		var names []string
		for _, role := range w.plan.Roles {
			for _, c := range role.Channels {
				if c.Direction == task.In {
					names = append(names, c.RisingEvent(), c.FallingEvent())
				}
			}
		}
		sort.Strings(names)
		return fmt.Errorf("input %d: no input channel makes the event %q; there is %s", i+1, in.Event, strings.Join(names, ", "))
	}
	return nil
}

func checkDraws(p *plan.Plan, o Options) error {
	streams := map[string]bool{}
	for _, n := range p.Nodes {
		if n.Task != nil {
			for _, s := range n.Task.Program.Streams {
				streams[s.Name] = true
			}
		}
	}
	names := make([]string, 0, len(o.Draws))
	for name := range o.Draws {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if !streams[name] {
			known := make([]string, 0, len(streams))
			for s := range streams {
				known = append(known, s)
			}
			sort.Strings(known)
			return fmt.Errorf("draws are given for the stream %q, which no task has; there is %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}
