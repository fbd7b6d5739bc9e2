package edge

import (
	"math"
	"sync/atomic"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// scope is what output changes belong to: a task, a set or a pulse. Everything
// that happens to an output is recorded in the scope that holds it, whoever
// made it happen.
type scope struct {
	header *header
	begin  time.Duration // driver.Now of At 0
	speed  float64
	outbox *outbox
	trial  atomic.Int32
}

// time turns the device's clock into the scope's.
func (s *scope) time(now time.Duration) time.Duration {
	if s.speed == 1 {
		return now - s.begin
	}
	return time.Duration(float64(now-s.begin) * s.speed)
}

// real is the inverse of time.
func (s *scope) real(at time.Duration) time.Duration {
	if s.speed == 1 {
		return s.begin + at
	}
	return s.begin + time.Duration(float64(at)/s.speed)
}

func (s *scope) record(kind task.Kind, name string, v expr.Value) {
	s.outbox.record(s.header, task.Row{
		At: max(s.time(driver.Now()), 0), Kind: kind, Name: name, Value: v, Trial: s.trial.Load(),
	})
}

func (s *scope) recordLevel(channel string, level float64) {
	s.record(task.KindOutput, channel, levelValue(level))
}

func (s *scope) warn(code, text string) {
	s.record(task.KindWarning, code, expr.StringValue(text))
}

// levelValue writes whole levels as ints, as the interpreter does.
func levelValue(level float64) expr.Value {
	if level == math.Trunc(level) && math.Abs(level) < 1<<53 {
		return expr.IntValue(int64(level))
	}
	return expr.FloatValue(level)
}
