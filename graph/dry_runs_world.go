package graph

import (
	"fmt"
	"math"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// dryRunThings is how many changes, silences and metrics a dry-run may have,
// each.
const dryRunThings = 1000

// dryRunWorld reads what happens around the animal of a dry-run.
func dryRunWorld(in gen.StartDryRunInput, o *dryrun.Options) error {
	for _, l := range []struct {
		field string
		given int
	}{{"changes", len(in.Changes)}, {"silences", len(in.Silences)}, {"metrics", len(in.Metrics)}} {
		if l.given > dryRunThings {
			return lab.FieldErrorf(l.field, "A dry-run has at most %d %s.", dryRunThings, l.field)
		}
	}
	if in.Began == nil && in.Zone != nil {
		return lab.FieldErrorf("zone", "A time zone says on which clocks `began` is. Give `began` too, such as 2026-03-28T18:00.")
	}
	if in.Began != nil {
		var err error
		if o.Began, err = dryrun.ParseBegan(*in.Began, value(in.Zone)); err != nil {
			return lab.FieldErrorf("began", "%s", sentence(err.Error()))
		}
	}
	for i, c := range in.Changes {
		field := fmt.Sprintf("changes[%d]", i)
		at, err := virtual(c.AtMs, field+".atMs")
		if err != nil {
			return err
		}
		values, err := object(c.Values, field+".values")
		if err != nil {
			return err
		}
		if len(values) == 0 {
			return lab.FieldErrorf(field+".values", "Name a live parameter and its new value.")
		}
		o.Changes = append(o.Changes, dryrun.Change{At: at, Values: values})
	}
	for i, s := range in.Silences {
		at, err := virtual(s.AtMs, fmt.Sprintf("silences[%d].atMs", i))
		if err != nil {
			return err
		}
		long, err := virtual(s.ForMs, fmt.Sprintf("silences[%d].forMs", i))
		if err != nil {
			return err
		}
		o.Silences = append(o.Silences, dryrun.Silence{Role: value(s.Role), At: at, For: long})
	}
	for i, m := range in.Metrics {
		at, err := virtual(m.AtMs, fmt.Sprintf("metrics[%d].atMs", i))
		if err != nil {
			return err
		}
		o.Metrics = append(o.Metrics, dryrun.Metric{Role: value(m.Role), Name: m.Name, At: at, Value: m.Value})
	}
	return nil
}

// virtual is a time of a dry-run that is given in milliseconds.
func virtual(ms float64, field string) (time.Duration, error) {
	if math.IsNaN(ms) || ms < 0 || ms > milliseconds(dryrun.MaxTime) {
		return 0, lab.FieldErrorf(field, "Give milliseconds since the start of the run, from 0 to those of %s.", dryrun.MaxTime)
	}
	return exactly(ms), nil
}

// checkDryRunChanges says which change no run would take.
func checkDryRunChanges(p *plan.Plan, changes []dryrun.Change) error {
	for i, c := range changes {
		if err := plan.CheckLive(p, c.Values); err != nil {
			return lab.FieldErrorf(fmt.Sprintf("changes[%d].values", i),
				"%s Only live parameters change while a run goes on; others are given in `parameters`.", sentence(err.Error()))
		}
	}
	return nil
}
