// Package activitiestest holds hand-written fakes of what package activities
// needs: a store and a lab full of devices, in memory.
package activitiestest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// ErrDown is the error of a part that was taken away.
var ErrDown = errors.New("down")

// Store is a store in memory with the rules of the real one. The zero Store
// takes any run.
type Store struct {
	// Cost is how long it takes to commit events.
	Cost time.Duration

	mu       sync.Mutex
	down     bool
	epoch    int64
	statuses []lab.RunStatus
	outcome  string
	message  string
	events   map[int64]lab.RunEvent
	commands map[string]lab.Command
	seq      map[string]int64 // stored rows; absent: all
	humans   map[string]lab.HumanStep
	closed   []string
	reminded []string
	weights  map[string]lab.Weight
	curves   []lab.Calibration
	exports  []string
	files    map[string]lab.RunFile

	// Missing are rows that devices have and that are not stored; nil: none.
	Missing func() []lab.MissingRows
	// Refuse, when set, is asked before a stage is judged and a calibration is
	// saved; its error is theirs.
	Refuse func() error

	// Heard is when an event of a device was recorded last; nil: never.
	Heard func(device, event string) (time.Time, bool)
	// Points are the points of a metric since a time; nil: none.
	Points func(device, metric string, from time.Time) []lab.Point
	// LastSeen is when something was heard of a device; nil: just now.
	LastSeen func(device string) time.Time
	batches  int
	changed  chan struct{}
}

// Changed is closed when something is recorded next.
func (s *Store) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}

// Reset forgets the run: the next may begin.
func (s *Store) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.statuses, s.events, s.commands, s.humans, s.closed, s.batches = nil, nil, nil, nil, nil, 0
}

// Take takes the store away, or gives it back.
func (s *Store) Take(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// lock fails while the store is down; the caller unlocks.
func (s *Store) lock() error {
	s.mu.Lock()
	if s.down {
		return ErrDown
	}
	return nil
}

// BeginRun implements activities.Store.
func (s *Store) BeginRun(context.Context, string) (int64, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return 0, err
	}
	if n := len(s.statuses); n > 0 && s.statuses[n-1].Final() {
		return 0, lab.Errorf(lab.State, "The run is over.")
	}
	if len(s.statuses) == 0 {
		s.statuses = append(s.statuses, lab.RunRunning)
	}
	s.epoch++
	return s.epoch, nil
}

// SetRunStatus implements activities.Store.
func (s *Store) SetRunStatus(_ context.Context, _ string, to lab.RunStatus) (bool, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return false, err
	}
	last := s.statuses[len(s.statuses)-1]
	if last.Final() {
		return false, lab.Errorf(lab.State, "The run is over.")
	}
	if last != to {
		s.statuses = append(s.statuses, to)
	}
	return last != to, nil
}

// FinishRun implements activities.Store.
func (s *Store) FinishRun(_ context.Context, id string, status lab.RunStatus, outcome, message string) (lab.Run, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return lab.Run{}, err
	}
	if n := len(s.statuses); n == 0 || !s.statuses[n-1].Final() {
		s.statuses = append(s.statuses, status)
		s.outcome, s.message = outcome, message
	}
	return lab.Run{ID: id, Status: s.statuses[len(s.statuses)-1]}, nil
}

// AppendRunEvents implements activities.Store.
func (s *Store) AppendRunEvents(_ context.Context, events []lab.RunEvent) error {
	<-time.After(s.Cost)
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	if s.events == nil {
		s.events = map[int64]lab.RunEvent{}
	}
	s.batches++
	if s.changed != nil {
		close(s.changed)
		s.changed = nil
	}
	for _, e := range events {
		if _, ok := s.events[e.Seq]; !ok {
			s.events[e.Seq] = e
		}
	}
	return nil
}

// SaveCommand implements activities.Store.
func (s *Store) SaveCommand(_ context.Context, c lab.Command) (lab.Command, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return lab.Command{}, err
	}
	if s.commands == nil {
		s.commands = map[string]lab.Command{}
	}
	if old, ok := s.commands[c.ID]; ok {
		old.TaskToken = c.TaskToken
		c = old
	}
	s.commands[c.ID] = c
	return c, nil
}

// SaveReply implements activities.Store.
func (s *Store) SaveReply(_ context.Context, _ string, r wire.Reply) (lab.Command, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return lab.Command{}, err
	}
	c, ok := s.commands[r.Command]
	if !ok {
		return c, lab.Errorf(lab.NotFound, "There is no command %s.", r.Command)
	}
	if !wire.State(c.State).Final() {
		raw, err := json.Marshal(r)
		if err != nil {
			return c, err
		}
		c.State, c.Reply = string(r.State), raw
		s.commands[r.Command] = c
	}
	return c, nil
}

// Command implements activities.Store.
func (s *Store) Command(_ context.Context, id string) (lab.Command, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return lab.Command{}, err
	}
	c, ok := s.commands[id]
	if !ok {
		return c, lab.Errorf(lab.NotFound, "There is no command %s.", id)
	}
	return c, nil
}

// StoredSeq implements activities.Store. Without Rows everything is stored.
func (s *Store) StoredSeq(_ context.Context, device, boot string) (int64, error) {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return 0, err
	}
	if seq, ok := s.seq[device+"/"+boot]; ok {
		return seq, nil
	}
	return 1 << 60, nil
}

// Rows says up to where the rows of a boot are stored.
func (s *Store) Rows(device, boot string, seq int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seq == nil {
		s.seq = map[string]int64{}
	}
	s.seq[device+"/"+boot] = seq
}

// AskHuman implements activities.Store.
func (s *Store) AskHuman(_ context.Context, h lab.HumanStep) error {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	if s.humans == nil {
		s.humans = map[string]lab.HumanStep{}
	}
	if _, ok := s.humans[h.ID]; !ok {
		s.humans[h.ID] = h
	}
	return nil
}

// CloseHuman implements activities.Store.
func (s *Store) CloseHuman(_ context.Context, id string) error {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	s.closed = append(s.closed, id)
	return nil
}

// RemindHuman implements activities.Store.
func (s *Store) RemindHuman(_ context.Context, id, also string, _ time.Time) error {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	s.reminded = append(s.reminded, strings.TrimSpace(id+" "+also))
	return nil
}

// RecordWeight implements activities.Store.
func (s *Store) RecordWeight(_ context.Context, w lab.Weight) error {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	if s.weights == nil {
		s.weights = map[string]lab.Weight{}
	}
	s.weights[w.ID] = w
	return nil
}

// JudgeStage implements activities.Store, for subjects without a history.
func (s *Store) JudgeStage(_ context.Context, r lab.StageRecord, judge func([]float64) (string, float64)) (lab.StageRecord, error) {
	if s.Refuse != nil {
		if err := s.Refuse(); err != nil {
			return r, err
		}
	}
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return r, err
	}
	r.Verdict, r.Score = judge(nil)
	return r, nil
}

// SaveCalibration implements activities.Store.
func (s *Store) SaveCalibration(_ context.Context, c lab.Calibration) (lab.Calibration, error) {
	if s.Refuse != nil {
		if err := s.Refuse(); err != nil {
			return c, err
		}
	}
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return c, err
	}
	for _, old := range s.curves {
		if old.ID == c.ID {
			return c, lab.Errorf(lab.Conflict, "There is already such a calibration.")
		}
	}
	s.curves = append(s.curves, c)
	return c, nil
}

// Curves are the calibrations that were kept.
func (s *Store) Curves() []lab.Calibration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.curves)
}

// MarkExports implements activities.Store.
func (s *Store) MarkExports(_ context.Context, _, _ string, formats []string) error {
	defer s.mu.Unlock()
	if err := s.lock(); err != nil {
		return err
	}
	s.exports = append(s.exports, formats...)
	return nil
}

// Exports are the formats that were marked.
func (s *Store) Exports() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.exports)
}

// Device implements activities.Store.
func (s *Store) Device(_ context.Context, org, id string) (lab.Device, error) {
	seen := time.Now()
	if s.LastSeen != nil {
		seen = s.LastSeen(id)
	}
	return lab.Device{Organisation: org, ID: id, Name: id, Online: true, LastSeen: &seen}, nil
}

// LastEvent implements activities.Store.
func (s *Store) LastEvent(_ context.Context, _, device, event string, since time.Time) (time.Time, bool, error) {
	if s.Heard == nil {
		return time.Time{}, false, nil
	}
	at, ok := s.Heard(device, event)
	return at, ok && !at.Before(since), nil
}

// Telemetry implements activities.Store.
func (s *Store) Telemetry(_ context.Context, _, device, metric string, from, _ time.Time, _ int) ([]lab.Point, error) {
	if s.Points == nil {
		return nil, nil
	}
	return s.Points(device, metric, from), nil
}

// Reminded are the questions of which people were reminded, with the role that
// was asked besides.
func (s *Store) Reminded() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.reminded)
}

// Weights are those recorded, by id.
func (s *Store) Weights() map[string]lab.Weight {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.weights)
}

// Statuses are those the run had, in order.
func (s *Store) Statuses() []lab.RunStatus {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.statuses)
}

// End is what was written with the final status.
func (s *Store) End() (outcome, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.outcome, s.message
}

// Events are those recorded, in the order of their numbers.
func (s *Store) Events() []lab.RunEvent {
	s.mu.Lock()
	defer s.mu.Unlock()
	var es []lab.RunEvent
	for _, e := range s.events {
		es = append(es, e)
	}
	slices.SortFunc(es, func(a, b lab.RunEvent) int { return int(a.Seq - b.Seq) })
	return es
}

// Told are the recorded events as "kind node name", in order.
func (s *Store) Told() []string {
	var said []string
	for _, e := range s.Events() {
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Kind, e.Node, e.Name)))
	}
	return said
}

// Batches is how often events were written.
func (s *Store) Batches() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.batches
}

// Asked are the questions, by id.
func (s *Store) Asked() map[string]lab.HumanStep {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.humans)
}

// Closed are the questions that were taken back.
func (s *Store) Closed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.closed)
}
