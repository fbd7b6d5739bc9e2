package main

import (
	"math"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/expr"
)

// world reads when the virtual run begins, and what happens around the animal.
func (c *protocolDryRunCmd) world(o *dryrun.Options) error {
	if c.Zone != "" && c.Began == "" {
		return usagef("--zone says on which clocks --began is; give --began too, such as 2026-03-28T18:00")
	}
	if c.Began != "" {
		var err error
		if o.Began, err = dryrun.ParseBegan(c.Began, c.Zone); err != nil {
			return usagef("--began: %v", err)
		}
	}
	for _, one := range c.Silent {
		s, err := silence(one)
		if err != nil {
			return err
		}
		o.Silences = append(o.Silences, s)
	}
	for _, one := range c.Metric {
		m, err := metric(one)
		if err != nil {
			return err
		}
		o.Metrics = append(o.Metrics, m)
	}
	return nil
}

// silence reads `--silent time:for[:role]`.
func silence(one string) (s dryrun.Silence, err error) {
	parts := strings.SplitN(one, ":", 3)
	if len(parts) < 2 {
		return s, usagef("--silent %s: write time:for, such as 10min:5min", one)
	}
	if s.At, err = expr.ParseDuration(strings.TrimSpace(parts[0])); err != nil {
		return s, usagef("--silent %s: %v", one, err)
	}
	if s.For, err = expr.ParseDuration(strings.TrimSpace(parts[1])); err != nil {
		return s, usagef("--silent %s: %v", one, err)
	}
	if len(parts) == 3 {
		s.Role = parts[2]
	}
	return s, nil
}

// metric reads `--metric time:[role.]name=value`.
func metric(one string) (m dryrun.Metric, err error) {
	at, rest, timed := strings.Cut(one, ":")
	name, value, given := strings.Cut(rest, "=")
	if !timed || !given {
		return m, usagef("--metric %s: write time:name=value, such as 10min:temperature=31", one)
	}
	if m.At, err = expr.ParseDuration(strings.TrimSpace(at)); err != nil {
		return m, usagef("--metric %s: %v", one, err)
	}
	if role, of, is := strings.Cut(name, "."); is {
		m.Role, name = role, of
	}
	if m.Name = name; value == "-" {
		return m, nil
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return m, usagef("--metric %s: %q is not a number; write - when it is not measured any more", one, value)
	}
	m.Value = &v
	return m, nil
}
