package export

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/lics-lab/lics/lab"
)

// Library is where everything is written that describes a run. What is not
// there is a lab.NotFound error.
type Library interface {
	Run(ctx context.Context, org, id string) (lab.Run, error)
	Version(ctx context.Context, org, id string) (lab.ProtocolVersion, error)
	Subject(ctx context.Context, org, id string) (lab.Subject, error)
	LastWeight(ctx context.Context, org, subject string, since, until time.Time) (w lab.Weight, ok bool, err error)
	Experiment(ctx context.Context, org, id string) (lab.Experiment, error)
	Device(ctx context.Context, org, id string) (lab.Device, error)
	Rig(ctx context.Context, org, hash string) (lab.Rig, error)
	Notes(ctx context.Context, org, run string) ([]lab.Note, error)
}

// Load reads what an export says about a run. Exporter is the version of LICS.
func Load(ctx context.Context, l Library, org, id, exporter string) (Run, error) {
	run, err := l.Run(ctx, org, id)
	if err != nil {
		return Run{}, err
	}
	out := Run{Run: run, Exporter: exporter}
	if out.Version, err = l.Version(ctx, org, run.Version); err != nil {
		return out, err
	}
	if run.Subject != nil {
		subject, err := l.Subject(ctx, org, *run.Subject)
		if err != nil {
			return out, err
		}
		out.Subject = &subject
		if out.Weight, err = weightOf(ctx, l, org, run); err != nil {
			return out, err
		}
	}
	if run.Experiment != nil {
		experiment, err := l.Experiment(ctx, org, *run.Experiment)
		if err != nil {
			return out, err
		}
		out.Experiment = &experiment
	}
	if out.Boxes, err = boxesOf(ctx, l, org, run); err != nil {
		return out, err
	}
	out.Notes, err = l.Notes(ctx, org, run.ID)
	return out, err
}

// recent is how old a weight may be to say something about a run.
const recent = 7 * 24 * time.Hour

// weightOf is the latest weight of a run's subject when the run was over, as
// it is known by now: a weight that is corrected later changes the export.
func weightOf(ctx context.Context, l Library, org string, run lab.Run) (*lab.Weight, error) {
	until := time.Now()
	if run.EndedAt != nil {
		until = *run.EndedAt
	}
	w, ok, err := l.LastWeight(ctx, org, *run.Subject, until.Add(-recent), until)
	if err != nil || !ok {
		return nil, err
	}
	return &w, nil
}

// boxesOf are the devices of a run with the rigs they had.
func boxesOf(ctx context.Context, l Library, org string, run lab.Run) ([]Box, error) {
	var bindings []lab.Binding
	if err := json.Unmarshal(run.Bindings, &bindings); err != nil {
		return nil, fmt.Errorf("bindings of run %s: %w", run.ID, err)
	}
	boxes := make([]Box, len(bindings))
	for i, b := range bindings {
		box := Box{Binding: b}
		if b.Rig == "" { // an older run
			d, err := l.Device(ctx, org, b.Device)
			if err != nil && lab.CodeOf(err) != lab.NotFound {
				return nil, err
			}
			box.Binding.Rig, box.RigNow = d.RigHash, d.RigHash != ""
		}
		if box.Binding.Rig != "" {
			rig, err := l.Rig(ctx, org, box.Binding.Rig)
			if err != nil && lab.CodeOf(err) != lab.NotFound {
				return nil, err
			}
			box.Rig = rig.Document
		}
		boxes[i] = box
	}
	return boxes, nil
}
