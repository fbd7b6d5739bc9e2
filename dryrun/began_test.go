package dryrun_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
)

func TestWhenARunBeginsIsOnTheClocksOfAPlace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, zone, want string }{
		{"2026-03-28T18:00", "Europe/Lisbon", "2026-03-28T18:00:00Z"},
		{"2026-03-29 18:00:30", "Europe/Lisbon", "2026-03-29T17:00:30Z"}, // the day of the clock change
		{"2026-03-28T18:00", "", "2026-03-28T18:00:00Z"},
		{"2026-03-28T18:00:00+02:00", "", "2026-03-28T16:00:00Z"},
	} {
		got, err := dryrun.ParseBegan(tt.text, tt.zone)
		require.NoError(t, err)
		require.Equal(t, tt.want, got.Format(time.RFC3339), tt.text)
	}
	for _, tt := range []struct{ text, zone, says string }{
		{"2026-03-29T01:30", "Europe/Lisbon", "the clocks go forward then; choose an earlier or a later time"},
		{"2026-03-29T01:30", "Lisbon", `"Lisbon" is not a time zone; write one like Europe/Lisbon`},
		{"2026-03-29T01:30", "Local", "is not a time zone"},
		{"2026-03-29T01:30:00Z", "Europe/Lisbon", "leave out the offset or the zone"},
		{"tomorrow", "", `"tomorrow" is not a time; write one like 2026-03-28T18:00`},
		{"2026-02-30T01:30", "", "is not a time"},
	} {
		_, err := dryrun.ParseBegan(tt.text, tt.zone)
		require.ErrorContains(t, err, tt.says)
	}
}
