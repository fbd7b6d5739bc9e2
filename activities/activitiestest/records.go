package activitiestest

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/lics-lab/lics/lab"
)

// The files of a run are made of little: the run has no subject, and its events
// are its rows.

// Run implements export.Library.
func (s *Store) Run(_ context.Context, org, id string) (lab.Run, error) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return lab.Run{ID: id, Organisation: org, Status: lab.RunCompleted, Bindings: json.RawMessage("[]"), CreatedAt: at, StartedAt: &at, EndedAt: &at}, nil
}

// Version implements export.Library.
func (s *Store) Version(context.Context, string, string) (lab.ProtocolVersion, error) {
	return lab.ProtocolVersion{Document: json.RawMessage(`{}`)}, nil
}

// Subject implements export.Library.
func (s *Store) Subject(_ context.Context, _, id string) (lab.Subject, error) {
	return lab.Subject{}, lab.Errorf(lab.NotFound, "There is no subject %s.", id)
}

// LastWeight implements export.Library.
func (s *Store) LastWeight(context.Context, string, string, time.Time, time.Time) (lab.Weight, bool, error) {
	return lab.Weight{}, false, nil
}

// Experiment implements export.Library.
func (s *Store) Experiment(_ context.Context, _, id string) (lab.Experiment, error) {
	return lab.Experiment{}, lab.Errorf(lab.NotFound, "There is no experiment %s.", id)
}

// Rig implements export.Library.
func (s *Store) Rig(_ context.Context, _, hash string) (lab.Rig, error) {
	return lab.Rig{}, lab.Errorf(lab.NotFound, "There is no rig %s.", hash)
}

// Notes implements export.Library.
func (s *Store) Notes(context.Context, string, string) ([]lab.Note, error) { return nil, nil }

// RunStream implements export.Source.
func (s *Store) RunStream(_ context.Context, _ string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	if err := s.lock(); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	s.mu.Unlock()
	var out []lab.StreamEvent
	for i, e := range s.Events() {
		if pos := int64(i + 1); pos > after.Events && len(out) < limit {
			e.Pos = pos
			out = append(out, lab.StreamEvent{Event: &e, Position: lab.Position{Events: pos}})
		}
	}
	return out, nil
}

// MarkedExports implements activities.Records.
func (s *Store) MarkedExports(context.Context, string) ([]string, error) {
	formats := s.Exports()
	slices.Sort(formats)
	return slices.Compact(formats), nil
}

// MissingRows implements activities.Records.
func (s *Store) MissingRows(context.Context, string) ([]lab.MissingRows, error) {
	if s.Missing == nil {
		return nil, nil
	}
	return s.Missing(), nil
}

// BeginRunFile implements activities.Records.
func (s *Store) BeginRunFile(_ context.Context, f lab.RunFile) (lab.RunFile, error) {
	f.State = lab.RunFilePending
	return s.file(f, true)
}

// KeepRunFile implements activities.Records.
func (s *Store) KeepRunFile(_ context.Context, f lab.RunFile) error {
	f.State = lab.RunFileStored
	_, err := s.file(f, false)
	return err
}

// FailRunFile implements activities.Records.
func (s *Store) FailRunFile(_ context.Context, f lab.RunFile, givenUp bool) error {
	f.State = lab.RunFilePending
	if givenUp {
		f.State = lab.RunFileFailed
	}
	_, err := s.file(f, false)
	return err
}

func (s *Store) file(f lab.RunFile, keep bool) (lab.RunFile, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return f, err
	}
	if s.files == nil {
		s.files = map[string]lab.RunFile{}
	}
	if old, ok := s.files[f.Format+" "+f.Table]; ok && keep {
		return old, nil
	}
	s.files[f.Format+" "+f.Table] = f
	return f, nil
}

// Files are the files of the run, by format and table.
func (s *Store) Files() map[string]lab.RunFile {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.files)
}
