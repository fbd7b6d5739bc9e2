package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

// inTheBox are the statuses of a run in which its subject cannot be elsewhere.
var inTheBox = []lab.RunStatus{lab.RunStarting, lab.RunRunning, lab.RunPaused}

// subjectChecks looks at the animal, and at the experiment.
func (r *Resolver) subjectChecks(ctx context.Context, u lab.User, in gen.StartRunInput, zone *time.Location) ([]gen.StartCheck, error) {
	var found []gen.StartCheck
	if in.Subject == nil {
		found = append(found, gen.StartCheck{
			Code: gen.StartCheckCodeSubject, Severity: gen.CheckSeverityWarns, Field: "subject",
			Message: "No subject is chosen: nobody will know whose data it is.", Hint: "Choose the subject that is in the box, unless this is a trial of the rig.",
		})
	} else {
		s, known, err := r.knownSubject(ctx, u, *in.Subject)
		if err != nil {
			return nil, err
		}
		found = append(found, known)
		if s != nil {
			busy, err := r.subjectFree(ctx, u, *s, in)
			if err != nil {
				return nil, err
			}
			today, err := r.subjectToday(ctx, u, *s, zone)
			if err != nil {
				return nil, err
			}
			found = append(found, busy, today)
			weight, weighed, err := r.weightCheck(ctx, u, *s)
			if err != nil {
				return nil, err
			}
			if weighed {
				found = append(found, weight)
			}
		}
	}
	if in.Experiment != nil {
		c, err := r.knownExperiment(ctx, u, *in.Experiment)
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, nil
}

// mayTake refuses a subject that cannot be in the box.
func (r *Resolver) mayTake(ctx context.Context, u lab.User, in gen.StartRunInput) error {
	if in.Subject == nil {
		return nil
	}
	s, known, err := r.knownSubject(ctx, u, *in.Subject)
	if err != nil || s == nil {
		return cmp.Or(err, refusal([]gen.StartCheck{known}))
	}
	busy, err := r.subjectFree(ctx, u, *s, in)
	if err != nil {
		return err
	}
	return refusal([]gen.StartCheck{known, busy})
}

func (r *Resolver) knownSubject(ctx context.Context, u lab.User, id string) (*lab.Subject, gen.StartCheck, error) {
	c := gen.StartCheck{Code: gen.StartCheckCodeSubject, Severity: gen.CheckSeverityOk, Field: "subject"}
	s, err := optional(r.Store.Subject(ctx, u.Organisation, id))
	switch {
	case err != nil:
		return nil, c, err
	case s == nil:
		c.Severity, c.Message = gen.CheckSeverityBlocks, fmt.Sprintf("There is no subject %s.", id)
	case s.ArchivedAt != nil:
		c.Severity, c.Message = gen.CheckSeverityBlocks, fmt.Sprintf("Subject %s is archived.", s.Name)
		c.Hint = "Choose another subject, or take it out of the archive."
	default:
		c.Message = fmt.Sprintf("The subject is %s.", s.Name)
	}
	return s, c, nil
}

// subjectFree looks for another run with the subject. Whoever knows that it is
// right, as with a home cage that is recorded for weeks, overrides it.
func (r *Resolver) subjectFree(ctx context.Context, u lab.User, s lab.Subject, in gen.StartRunInput) (gen.StartCheck, error) {
	c := gen.StartCheck{
		Code: gen.StartCheckCodeSubjectFree, Severity: gen.CheckSeverityOk, Field: "subject",
		Message: fmt.Sprintf("Subject %s is in no other run.", s.Name),
	}
	runs, _, err := r.Store.Runs(ctx, u.Organisation, store.RunFilter{Subject: s.ID, Status: inTheBox}, store.Page{First: 2})
	if err != nil {
		return c, err
	}
	for i, run := range runs {
		if key := value(in.Key); key != "" && value(run.Key) == key {
			continue // the run that is asked for again
		}
		c.Severity, c.Run = gen.CheckSeverityBlocks, &runs[i]
		c.Message = fmt.Sprintf("Subject %s is in run %s of protocol %s, which is not over.", s.Name, run.ID, run.ProtocolName)
		c.Hint = "Stop that run, choose another subject, or override SUBJECT_FREE when it really is in both."
		if slices.Contains(in.Overrides, gen.StartCheckCodeSubjectFree) {
			c.Severity, c.Hint = gen.CheckSeverityWarns, "It is overridden."
		}
		break
	}
	return c, nil
}

func (r *Resolver) subjectToday(ctx context.Context, u lab.User, s lab.Subject, zone *time.Location) (gen.StartCheck, error) {
	c := gen.StartCheck{
		Code: gen.StartCheckCodeSubjectToday, Severity: gen.CheckSeverityOk, Field: "subject",
		Message: fmt.Sprintf("Subject %s has not been in a run today.", s.Name),
	}
	now := time.Now().In(zone)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	runs, _, err := r.Store.Runs(ctx, u.Organisation, store.RunFilter{Subject: s.ID, Since: &midnight}, store.Page{First: 10})
	if err != nil {
		return c, err
	}
	// One that never began put nobody into a box.
	if i := slices.IndexFunc(runs, func(run lab.Run) bool { return run.StartedAt != nil }); i >= 0 {
		run := runs[i]
		c.Severity, c.Run = gen.CheckSeverityWarns, &run
		c.Message = fmt.Sprintf("Subject %s has been in run %s of protocol %s today, begun at %s; it is %s.",
			s.Name, run.ID, run.ProtocolName, run.StartedAt.In(zone).Format("15:04 MST"), run.Status)
		c.Hint = "Look whether it is the right subject."
	}
	return c, nil
}

func (r *Resolver) knownExperiment(ctx context.Context, u lab.User, id string) (gen.StartCheck, error) {
	c := gen.StartCheck{Code: gen.StartCheckCodeExperiment, Severity: gen.CheckSeverityOk, Field: "experiment"}
	e, err := optional(r.Store.Experiment(ctx, u.Organisation, id))
	switch {
	case err != nil:
		return c, err
	case e == nil:
		c.Severity, c.Message = gen.CheckSeverityBlocks, fmt.Sprintf("There is no experiment %s.", id)
	default:
		c.Message = fmt.Sprintf("The run belongs to the experiment %s.", e.Name)
	}
	return c, nil
}
