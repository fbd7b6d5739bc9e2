package node

import (
	"strconv"

	"github.com/lics-lab/lics/task"
)

// Actions as composites write them.

func itoa(i int) string { return strconv.Itoa(i) }

func startTimer(name string) task.Action {
	return task.Action{Do: task.DoStartTimer, Timer: name}
}

func stopTimer(name string) task.Action {
	return task.Action{Do: task.DoStopTimer, Timer: name}
}

func set(variable, value string) task.Action {
	return task.Action{Do: task.DoAssign, Variable: variable, Value: value}
}

func raise(event string) task.Action {
	return task.Action{Do: task.DoRaise, Event: event}
}

// timeup answers the timer of a state by leaving at a port.
func timeup(field, port string) Answer {
	return Answer{Events: []string{task.Timeup}, Port: port, Field: field}
}

// answered notes the events that a list in the data names.
func answered(b *Builder, field string, events []string) {
	for i, e := range events {
		b.Event(field+"["+itoa(i)+"]", e)
	}
}

func quoted(s string) string { return strconv.Quote(s) }

// both is the guard that holds when each of two does; an empty one always does.
func both(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return "(" + a + ") and (" + b + ")"
}
