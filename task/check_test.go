package task_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
)

func TestEveryProblemIsFoundAtOnceAndNamesItsPlace(t *testing.T) {
	t.Parallel()
	a := state("choice", "1 +", "poke", "led", "led")
	a.Node = "n1"
	a.Entry = []task.Action{
		{Do: task.DoLatch, Channel: "valve"},
		{Do: task.DoPulse, Channel: "pump"},
		{Do: task.DoDraw, Stream: "targets", Variable: "x"},
		{Do: task.DoAssign, Variable: "most", Value: "1"},
		{Do: "dance"},
	}
	a.On = []task.Handler{{Events: []string{"poke_3_in"}, Guard: "x + 1", To: "reward", Edge: "e1"}}
	p := &task.Program{
		Name: "t", Channels: box, Initial: "choice", States: []task.State{a},
		Variables: []task.Variable{{Name: "x", Type: "int"}, {Name: "most", Type: "int", Parameter: true}, {Name: "poke", Type: "int"}},
	}
	var got []string
	for _, problem := range task.Check(p) {
		got = append(got, string(problem.Code)+" | "+problem.Place)
		require.NotEmpty(t, problem.Message)
	}
	require.Equal(t, []string{
		"duplicate-name | task t",
		"type-error | state choice",
		"wrong-direction | state choice",
		"output-held-twice | state choice",
		"latch-without-safety-time | state choice, entry 1 (latch)",
		"unknown-channel | state choice, entry 2 (pulse)",
		"pulse-without-length | state choice, entry 2 (pulse)",
		"unknown-stream | state choice, entry 3 (draw)",
		"parameter-assigned | state choice, entry 4 (assign)",
		"bad-program | state choice, entry 5 (dance)",
		"type-error | state choice, on poke_3_in",
		"unknown-state | state choice, on poke_3_in",
		"unknown-event | state choice, on poke_3_in",
	}, got)
}

func TestAProgramOfAHigherFormatIsRefused(t *testing.T) {
	t.Parallel()
	problems := task.Check(&task.Program{Format: task.Format + 1, Name: "t"})
	require.Len(t, problems, 1)
	require.Equal(t, task.UnknownFormat, problems[0].Code)
}
