package node

import (
	"maps"
	"slices"
	"strings"

	"github.com/lics-lab/lics/protocol/diagnostic"
)

// takesFields checks which fields of a kind with several modes are given. takes
// names those of the mode: name! must be given, of a/b exactly one.
func takesFields(r Reporter, mode, takes string, given map[string]bool) bool {
	ok, known := true, map[string]bool{}
	var names []string
	for f := range strings.FieldsSeq(takes) {
		name, must := strings.CutSuffix(f, "!")
		one, other, either := strings.Cut(name, "/")
		known[one] = true
		names = append(names, one)
		if either {
			known[other] = true
			names = append(names, other)
		}
		switch {
		case either && !given[one] && !given[other]:
			r.Report(diagnostic.BadData, one, mode+" needs "+one+" or "+other, "")
			ok = false
		case either && given[one] && given[other]:
			r.Report(diagnostic.BadData, other, mode+" has "+one+" and "+other, "keep the one that is meant")
			ok = false
		case must && !given[one]:
			r.Report(diagnostic.BadData, one, mode+" needs "+one, "")
			ok = false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if given[name] && !known[name] {
			hint := "remove it"
			if len(names) > 0 {
				hint = "possible are " + strings.Join(names, ", ")
			}
			r.Report(diagnostic.BadData, name, mode+" has no "+name, hint)
			ok = false
		}
	}
	return ok
}
