package task_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

const ms = time.Millisecond

// recorder is a host that keeps what happens as lines "ms kind text".
type recorder struct {
	lines  []string
	rows   []task.Row
	levels map[int]float64
	shapes map[int]task.Shape // of those that are driven by a shape now
}

func (r *recorder) Output(_ time.Duration, channel int, level float64) {
	if r.levels == nil {
		r.levels = map[int]float64{}
	}
	r.levels[channel] = level
	delete(r.shapes, channel)
}

func (r *recorder) Shape(at time.Duration, channel int, s task.Shape) {
	r.Output(at, channel, s.Level)
	if r.shapes == nil {
		r.shapes = map[int]task.Shape{}
	}
	r.shapes[channel] = s
}

func (r *recorder) Record(row task.Row) {
	r.rows = append(r.rows, row)
	r.lines = append(r.lines, fmt.Sprintf("%v %s %s", row.At.Milliseconds(), row.Kind, row.Text()))
}

// only keeps the lines of some kinds.
func (r *recorder) only(kinds ...task.Kind) []string {
	var out []string
	for i, row := range r.rows {
		for _, k := range kinds {
			if row.Kind == k {
				out = append(out, r.lines[i])
			}
		}
	}
	return out
}

// edge is an input at a time.
type edge struct {
	at      time.Duration
	channel int
	high    bool
}

// play runs a program to a time.
func play(t *testing.T, p *task.Program, s task.Start, until time.Duration, inputs ...edge) (*recorder, *task.Machine) {
	t.Helper()
	r := &recorder{}
	m, err := task.New(p, s, r)
	require.NoError(t, err)
	m.Begin()
	for _, e := range inputs {
		m.Input(e.at, e.channel, e.high)
	}
	m.Advance(until)
	return r, m
}

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

func state(name string, timer string, outputs ...string) task.State {
	s := task.State{Name: name, Timer: timer}
	for _, o := range outputs {
		s.Outputs = append(s.Outputs, task.Output{Channel: o})
	}
	return s
}

func on(s task.State, event, to string, actions ...task.Action) task.State {
	s.On = append(s.On, task.Handler{Events: []string{event}, To: to, Actions: actions})
	return s
}
