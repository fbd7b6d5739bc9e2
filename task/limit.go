package task

import (
	"fmt"
	"time"

	"github.com/lics-lab/lics/expr"
)

// limits are the values of Limits.
type limits struct {
	duration    time.Duration // forever is none
	trials      int64         // 0 is none, here and below
	microlitres float64
}

// limitError says which of the Limits cannot be one.
type limitError struct{ field, message string }

func (e *limitError) Error() string { return e.message }

// limitsOf evaluates the limits; the error is a *limitError.
func (m *Machine) limitsOf(vars []expr.Value) (l limits, err error) {
	l.duration = forever
	if f := m.limits.duration; f != nil {
		v, err := f.Eval(vars)
		if err != nil || v.Duration() < 0 {
			return l, &limitError{"duration", fmt.Sprintf("the limit of duration must not be negative (`%s`)", f.Source())}
		}
		l.duration = v.Duration()
	}
	if f := m.limits.trials; f != nil {
		v, err := f.Eval(vars)
		if err != nil || v.Int() < 1 {
			return l, &limitError{"trials", fmt.Sprintf("the limit of trials must be at least 1 (`%s`)", f.Source())}
		}
		l.trials = v.Int()
	}
	if f := m.limits.volume; f != nil {
		v, err := f.Eval(vars)
		if err != nil || v.Float() <= 0 {
			return l, &limitError{"volume", fmt.Sprintf("the limit of volume must be above 0 µl (`%s`)", f.Source())}
		}
		l.microlitres = v.Float()
	}
	return l, nil
}

// timeLeft is how long after Begin the limit of duration ends the task. What
// an interrupted task had used up before counts.
func (m *Machine) timeLeft() (time.Duration, bool) {
	return min(max(m.most.duration-m.start.Elapsed, 0), forever-1), m.most.duration != forever
}

func (m *Machine) limitReached() (Reason, bool) {
	switch {
	case m.most.trials > 0 && int64(m.trial) >= m.most.trials:
		return ReasonTrials, true
	case m.most.microlitres > 0 && m.start.Microlitres+m.microlitres >= m.most.microlitres:
		return ReasonVolume, true
	}
	return "", false
}

// endAtLimit ends a task that is between two trials and may not begin another.
func (m *Machine) endAtLimit() bool {
	reason, over := m.limitReached()
	if over {
		m.state = none
		m.finish(ExitLimit, reason)
	}
	return over
}
