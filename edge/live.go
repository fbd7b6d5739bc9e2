package edge

import (
	"time"

	"github.com/lics-lab/lics/wire"
)

// parameters gives live parameters of a running task other values. The answer
// comes from the task's goroutine, which alone may touch its machine; when the
// task or the agent ends first there is nothing to change.
func (a *agent) parameters(c wire.Command) *wire.Reason {
	body, reason := decodeBody[wire.ParametersBody](c)
	if reason != nil {
		return reason
	}
	tasks := a.tasksOf(func(t *taskRun) bool { return t.command.Run == c.Run && t.command.ID == body.Command })
	if len(tasks) == 0 {
		return refused(wire.ReasonNoTask, "no such task is running")
	}
	t := tasks[0]
	result := make(chan error, 1)
	t.control(func(at time.Duration) {
		t.machine.Advance(at) // what was due before the command came
		if body.Number < t.number {
			result <- nil
			return
		}
		err := t.machine.SetParameters(body.Values)
		if err == nil {
			t.number = body.Number
		}
		result <- err
	})
	a.wg.Go(func() {
		select {
		case err := <-result:
			a.took(c, err)
		case <-t.done:
			select {
			case err := <-result:
				a.took(c, err)
			default:
				a.answer(c, wire.Reply{State: wire.Refused, Reason: refused(wire.ReasonNoTask, "the task is over")}, nil)
			}
		}
	})
	return nil
}

func (a *agent) took(c wire.Command, err error) {
	r := wire.Reply{State: wire.Done}
	if err != nil {
		r = wire.Reply{State: wire.Refused, Reason: refused(wire.ReasonParameter, "%v", err)}
	}
	a.answer(c, r, nil)
}
