package main

import (
	"strings"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/expr"
)

// changes reads `--set time:name=value`.
func changes(given []string, known []declared) ([]dryrun.Change, error) {
	var out []dryrun.Change
	for _, one := range given {
		at, pair, ok := strings.Cut(one, ":")
		if !ok {
			return nil, usagef("--set %s: write time:name=value, such as 60s:reward=4", one)
		}
		d, err := expr.ParseDuration(strings.TrimSpace(at))
		if err != nil {
			return nil, usagef("--set %s: %v", one, err)
		}
		values, err := parameters("--set "+at+":", []string{pair}, known)
		if err != nil {
			return nil, err
		}
		out = append(out, dryrun.Change{At: d, Values: values})
	}
	return out, nil
}
