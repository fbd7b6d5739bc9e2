package plan_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/plan"
)

func TestTheNextTimeOfDay(t *testing.T) {
	t.Parallel()
	const lisbon = "Europe/Lisbon" // clocks change at 01:00 UTC
	for _, tt := range []struct {
		name  string
		clock plan.Clock
		now   string
		want  string
	}{
		{"today", plan.Clock{At: "07:00", Zone: lisbon}, "2026-06-01T05:59:59Z", "2026-06-01T06:00:00Z"},
		{"tomorrow, when it is exactly now", plan.Clock{At: "07:00", Zone: lisbon}, "2026-06-01T06:00:00Z", "2026-06-02T06:00:00Z"},
		{"with seconds", plan.Clock{At: "07:00:30", Zone: "UTC"}, "2026-06-01T07:00:00Z", "2026-06-01T07:00:30Z"},
		{"over the change to summer time", plan.Clock{At: "07:00", Zone: lisbon}, "2026-03-28T08:00:00Z", "2026-03-29T06:00:00Z"},
		{"over the change to winter time", plan.Clock{At: "07:00", Zone: lisbon}, "2026-10-24T08:00:00Z", "2026-10-25T07:00:00Z"},
		{"a time that is left out is the moment of the change", plan.Clock{At: "01:30", Zone: lisbon}, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"},
		{"also where the clocks go the other half of the world", plan.Clock{At: "02:30", Zone: "America/New_York"}, "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z"},
		{"a time that comes twice is the first", plan.Clock{At: "01:30", Zone: lisbon}, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		{"and not the second", plan.Clock{At: "01:30", Zone: lisbon}, "2026-10-25T00:45:00Z", "2026-10-26T01:30:00Z"},
		{"on weekdays", plan.Clock{At: "07:00", Zone: "UTC", Weekdays: []string{"Monday", "Wednesday"}}, "2026-06-01T08:00:00Z", "2026-06-03T07:00:00Z"},
		{"only today's weekday, next week", plan.Clock{At: "07:00", Zone: "UTC", Weekdays: []string{"Monday"}}, "2026-06-01T07:00:00Z", "2026-06-08T07:00:00Z"},
		{"the weekday is that of the place", plan.Clock{At: "07:00", Zone: "Asia/Tokyo", Weekdays: []string{"Monday"}}, "2026-05-31T12:00:00Z", "2026-05-31T22:00:00Z"},
		{"ZT12", plan.Clock{At: "07:00", Zone: lisbon, After: 12 * time.Hour}, "2026-06-01T12:00:00Z", "2026-06-01T18:00:00Z"},
		{"ZT20 is after midnight", plan.Clock{At: "07:00", Zone: "UTC", After: 20 * time.Hour}, "2026-06-02T01:00:00Z", "2026-06-02T03:00:00Z"},
		{"hours that pass are counted over a change", plan.Clock{At: "19:00", Zone: lisbon, After: 12 * time.Hour}, "2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z"},
		{"ZT24 is the next lights-on but for a change", plan.Clock{At: "07:00", Zone: "UTC", After: 24 * time.Hour}, "2026-06-02T06:00:00Z", "2026-06-02T07:00:00Z"},
	} {
		now, err := time.Parse(time.RFC3339, tt.now)
		require.NoError(t, err)
		got, err := tt.clock.Next(now)
		require.NoError(t, err, tt.name)
		require.Equal(t, tt.want, got.UTC().Format(time.RFC3339), tt.name)
	}
}

func TestTheNextTimeOfDayIsAheadAndShowsOnTheClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]string{"Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"}).Draw(t, "zone")
		at := rapid.IntRange(0, 24*60-1).Draw(t, "minute")
		now := time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now"), 0)
		c := plan.Clock{At: time.Time{}.Add(time.Duration(at) * time.Minute).Format("15:04"), Zone: zone}
		next, err := c.Next(now)
		require.NoError(t, err)
		require.True(t, next.After(now))
		require.LessOrEqual(t, next.Sub(now), 25*time.Hour+time.Minute)
		local := next.Format("15:04")
		if from, _ := next.ZoneBounds(); local != c.At {
			require.True(t, next.Equal(from), "%s is shown, %s is meant, and no clock was changed", local, c.At)
			require.Greater(t, local, c.At)
		}
	})
}

func TestTimesOfDayThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]plan.Clock{
		"not a time of day":    {At: "25:00", Zone: "UTC"},
		`"7 am" is not a time`: {At: "7 am", Zone: "UTC"},
		"not a time zone":      {At: "07:00", Zone: "Lissabon"},
		`"" is not a time zo`:  {At: "07:00"},
		`"Local" is not`:       {At: "07:00", Zone: "Local"},
		"day of the week":      {At: "07:00", Zone: "UTC", Weekdays: []string{"Mo"}},
		"between 0 and 7 days": {At: "07:00", Zone: "UTC", After: -time.Hour},
	} {
		require.ErrorContains(t, c.Check(), want)
	}
}
