package workflows_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/plan/plantest"
)

// Whatever a run waits for, nobody can see in its events that its history was
// continued in the middle.
func TestEveryWaitGoesOnInTheNextHistory(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wires string
		edit  func(p *plan.Plan)
	}{
		"trials": {
			wires: "start -> trials\ntrials -body> trials:wait\ntrials -done> end",
			edit: func(p *plan.Plan) {
				n := p.Node("trials").Trials
				n.Order, n.RepeatIf, n.Repeat, n.MaxRepeats = plan.OrderFullRandom, "x == 2", plan.RepeatLater, "2"
				p.Node("wait").Wait.Duration = "10min"
			},
		},
		"a time of day": {wires: "start -> until\nuntil -> end"},
	} {
		p := plantest.Draw(t, tt.wires)
		if tt.edit != nil {
			tt.edit(p)
		}
		once, _, res := histories(t, p, nil, nil)
		require.Equal(t, lab.RunCompleted, res.Status, name)
		again, _, res := histories(t, p, []time.Duration{15 * time.Minute, 20 * time.Minute}, nil)
		require.Equal(t, lab.RunCompleted, res.Status, name)
		require.Equal(t, once.Told(), again.Told(), name)
		a, b := once.Events(), again.Events()
		require.Equal(t, a[len(a)-1].At.Sub(a[0].At).Round(time.Minute), b[len(b)-1].At.Sub(b[0].At).Round(time.Minute), name)
	}
}
