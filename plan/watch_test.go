package plan_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan/plantest"
)

func TestGuardians(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, wires string
		do          []string
		want        []string
	}{
		{
			name:  "are dismissed when what they guard is over",
			wires: "start -> parallel\nparallel -a> wait1\nparallel -b> watch\nwait1 -> set1\nset1 -> join\nwatch -alarm> join\njoin -> end",
			do:    []string{"wait1/1", "set1/1"},
			want:  []string{"+wait1/1 +watch/1", "+set1/1", "-watch/1 over end"},
		},
		{
			name:  "lead on when there is an alarm",
			wires: "start -> parallel\nparallel -a> wait1\nparallel -b> watch\nwait1 -> join\nwatch -alarm> set1\nset1 -> join\njoin -> end",
			do:    []string{"watch/1 alarm", "wait1/1", "set1/1"},
			want:  []string{"+wait1/1 +watch/1", "+set1/1", "", "over end"},
		},
		{
			name:  "guard again in a loop, which is dismissed with them",
			wires: "start -> parallel\nparallel -a> wait1\nparallel -b> repeat\nrepeat -body> repeat:watch\nrepeat:watch -alarm> repeat:set1\nrepeat -done> join\nwait1 -> join\njoin -> end",
			do:    []string{"watch/1 alarm", "set1/1", "wait1/1"},
			want:  []string{"+wait1/1 +watch/1", "+set1/1", "+watch/2", "-watch/2 over end"},
		},
		{
			name:  "do not keep an iteration alive",
			wires: "start -> repeat\nrepeat -body> repeat:parallel\nrepeat:parallel -a> repeat:wait1\nrepeat:parallel -b> repeat:watch\nrepeat -done> end",
			do:    []string{"wait1/1", "wait1/2"},
			want:  []string{"+wait1/1 +watch/1", "-watch/1 +wait1/2 +watch/2", "-watch/2 over end"},
		},
		{
			name:  "that stand alone wait for their alarm",
			wires: "start -> watch\nwatch -alarm> end",
			do:    []string{"watch/1 alarm"},
			want:  []string{"+watch/1", "over end"},
		},
	} {
		require.Equal(t, tt.want, played(t, plantest.Draw(t, tt.wires), tt.do...), tt.name)
	}
}
