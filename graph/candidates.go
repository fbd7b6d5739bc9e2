package graph

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// candidates asks every device whether it could take a role.
func (r *Resolver) candidates(ctx context.Context, u lab.User, in gen.BindingCandidatesInput) ([]gen.BindingCandidate, error) {
	document, _, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return nil, err
	}
	p, err := r.compiled(ctx, u, document)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Roles, func(role plan.Role) bool { return role.Name == in.Role })
	if i < 0 {
		return nil, lab.FieldErrorf("role", "The protocol has no role %s; its roles are: %s.", in.Role, roleNames(p))
	}
	role := p.Roles[i]
	boxes, err := r.boxesOf(ctx, u, store.DeviceFilter{Search: value(in.Search)}, nil)
	if err != nil {
		return nil, err
	}
	out := make([]gen.BindingCandidate, 0, len(boxes))
	for _, b := range boxes {
		names := suggest(role, b.rig)
		checks := r.checkDevice(role, names, b)
		out = append(out, gen.BindingCandidate{
			Device: b.device, Fits: !blocked(checks), Checks: checks, Channels: suggestions(role, names, b.rig),
		})
	}
	slices.SortFunc(out, func(a, b gen.BindingCandidate) int {
		if a.Fits != b.Fits {
			if a.Fits {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Device.Name, b.Device.Name), cmp.Compare(a.Device.ID, b.Device.ID))
	})
	return out, nil
}

// suggest finds a line of the rig for each channel of a role that has another
// name there. Exact names come first: what is drawn as valve_left must never be
// given away because valve has no line.
func suggest(role plan.Role, rig *wire.Rig) map[string]string {
	names, used := map[string]string{}, map[string]bool{}
	if rig == nil {
		return names
	}
	var open []task.Channel
	for _, c := range role.Channels {
		if l := channel(rig, c.Name); l != nil && l.Direction == c.Direction {
			used[c.Name] = true
		} else {
			open = append(open, c)
		}
	}
	for _, c := range open {
		best, most := "", 0
		for _, l := range rig.Channels {
			if used[l.Name] || l.Direction != c.Direction || l.Unavailable != "" {
				continue
			}
			if n := likeness(c.Name, l.Name); n > most {
				best, most = l.Name, n
			}
		}
		if best != "" {
			names[c.Name], used[best] = best, true
		}
	}
	return names
}

// likeness counts the letters of the words that two names share; 0 when one of
// them contradicts the other, as left does right.
func likeness(a, b string) int {
	as, bs := words(a), words(b)
	n := 0
	for _, w := range as {
		if slices.Contains(bs, w) {
			n += len(w)
		}
	}
	for _, pair := range [][2]string{{"left", "right"}, {"l", "r"}, {"top", "bottom"}, {"front", "back"}, {"front", "rear"}} {
		for i := range pair {
			if slices.Contains(as, pair[i]) && slices.Contains(bs, pair[1-i]) {
				return 0
			}
		}
	}
	if x, y := digits(as), digits(bs); len(x) > 0 && len(y) > 0 && !slices.Equal(x, y) {
		return 0
	}
	return n
}

// words are the parts of a name: house_light2 is house, light and 2.
func words(name string) []string {
	var out []string
	var last int // the kind of the letter before: 0 none, 1 letter, 2 digit
	for _, c := range name {
		kind := 0
		switch {
		case unicode.IsDigit(c):
			kind = 2
		case unicode.IsLetter(c):
			kind = 1
		}
		if kind != 0 && kind != last {
			out = append(out, "")
		}
		if kind != 0 {
			out[len(out)-1] += strings.ToLower(string(c))
		}
		last = kind
	}
	return out
}

func digits(words []string) []string {
	var out []string
	for _, w := range words {
		if unicode.IsDigit(rune(w[0])) {
			out = append(out, strings.TrimLeft(w, "0"))
		}
	}
	return out
}

func suggestions(role plan.Role, names map[string]string, rig *wire.Rig) []gen.ChannelSuggestion {
	out := make([]gen.ChannelSuggestion, len(role.Channels))
	for i, c := range role.Channels {
		out[i] = gen.ChannelSuggestion{Protocol: c.Name}
		if l := channel(rig, rigName(names, c.Name)); l != nil && l.Direction == c.Direction {
			out[i].Rig = &l.Name
		}
	}
	return out
}
