package activities_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"

	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

func TestAWatchSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	low, high := 18.0, 26.0
	now := time.Now()
	long := now.Add(-time.Hour)
	points := func(values ...float64) func(string, string, time.Time) []lab.Point {
		return func(string, string, time.Time) []lab.Point {
			var ps []lab.Point
			for i, v := range values {
				ps = append(ps, lab.Point{Metric: "temperature", At: now.Add(time.Duration(i-len(values)) * time.Second), Value: v})
			}
			return ps
		}
	}
	metric := plan.Watched{What: plan.WatchMetric, Metric: "temperature", Minimum: &low, Maximum: &high, For: time.Minute}
	for name, tt := range map[string]struct {
		store *activitiestest.Store
		watch plan.Watched
		want  string
	}{
		"an event never came": {
			&activitiestest.Store{},
			plan.Watched{What: plan.WatchNoEvent, Event: "lick_in", For: time.Minute},
			"no lick_in of box-1 was recorded for 1m0s; the device is online",
		},
		"an event does not come any more": {
			&activitiestest.Store{Heard: func(string, string) (time.Time, bool) { return now.Add(-2 * time.Minute), true }},
			plan.Watched{What: plan.WatchNoEvent, Event: "lick_in", For: time.Minute},
			"no lick_in of box-1",
		},
		"a device is silent": {
			&activitiestest.Store{LastSeen: func(string) time.Time { return now.Add(-2 * time.Minute) }},
			plan.Watched{What: plan.WatchSilent, For: time.Minute},
			"nothing was heard of box-1 since ",
		},
		"a metric is out of its range":    {&activitiestest.Store{Points: points(27, 30, 31)}, metric, "temperature of box-1 is out of its range for 1m0s; it is 31"},
		"a metric does not come any more": {&activitiestest.Store{}, metric, "no temperature of box-1"},
	} {
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestActivityEnvironment()
		a := &activities.Activities{Store: tt.store}
		env.RegisterActivity(a)
		got, err := env.ExecuteActivity(a.WatchFor, activities.WatchInput{Device: "box-1", Watch: tt.watch, Since: long})
		require.NoError(t, err, name)
		var out activities.WatchResult
		require.NoError(t, got.Get(&out))
		require.Contains(t, out.Text, tt.want, name)
	}
}

func TestAWatchIsPatientWhileAllIsWell(t *testing.T) {
	t.Parallel()
	high := 26.0
	now := time.Now()
	for name, tt := range map[string]struct {
		store *activitiestest.Store
		watch plan.Watched
		since time.Time
	}{
		"it has only begun": {&activitiestest.Store{}, plan.Watched{What: plan.WatchNoEvent, Event: "lick_in", For: time.Minute}, now},
		"an event came": {
			&activitiestest.Store{Heard: func(string, string) (time.Time, bool) { return now, true }},
			plan.Watched{What: plan.WatchNoEvent, Event: "lick_in", For: time.Minute},
			now.Add(-time.Hour),
		},
		"one value was good": {
			&activitiestest.Store{Points: func(string, string, time.Time) []lab.Point {
				return []lab.Point{{At: now, Value: 20}, {At: now, Value: 40}}
			}},
			plan.Watched{What: plan.WatchMetric, Metric: "temperature", Maximum: &high, For: time.Minute},
			now.Add(-time.Hour),
		},
		"the device speaks": {&activitiestest.Store{}, plan.Watched{What: plan.WatchSilent, For: time.Minute}, now.Add(-time.Hour)},
	} {
		var suite testsuite.WorkflowTestSuite
		env := suite.NewTestActivityEnvironment()
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		env.SetWorkerOptions(worker.Options{BackgroundActivityContext: ctx})
		a := &activities.Activities{Store: tt.store}
		env.RegisterActivity(a)
		_, err := env.ExecuteActivity(a.WatchFor, activities.WatchInput{Device: "box-1", Watch: tt.watch, Since: tt.since})
		cancel()
		require.Error(t, err, "%s: it ends only with its context", name)
	}
}
