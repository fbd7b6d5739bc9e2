package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestATimeIsWrittenAndReadExactly(t *testing.T) {
	t.Parallel()
	for text, d := range map[string]time.Duration{
		"0": 0, "2400": 2400 * time.Millisecond, "0.5": 500 * time.Microsecond, "12.000001": 12*time.Millisecond + 1, "1.1": 1100 * time.Microsecond,
	} {
		require.Equal(t, text, formatMS(d))
		back, err := milliseconds(text)
		require.NoError(t, err)
		require.Equal(t, d, back)
	}
	for _, wrong := range []string{"", "-1", "1e3", "0.0000001", "soon", "1.x", "99999999999999999999"} {
		_, err := milliseconds(wrong)
		require.Error(t, err, wrong)
	}
}

func TestAMomentIsADayATimeOrHowLongAgo(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-02-28":           time.Date(2026, 2, 28, 0, 0, 0, 0, time.Local),
		"2026-02-28T10:00":     time.Date(2026, 2, 28, 10, 0, 0, 0, time.Local),
		"2026-02-28T10:00:00Z": time.Date(2026, 2, 28, 10, 0, 0, 0, time.UTC),
		"2h":                   now.Add(-2 * time.Hour), "30min ago": now.Add(-30 * time.Minute), "7d": now.Add(-7 * 24 * time.Hour),
	} {
		got, err := moment(text, now)
		require.NoError(t, err, text)
		require.True(t, want.Equal(got), "%s: %s", text, got)
	}
}

func TestATableIsAlignedAndHasNoColourOutsideOfATerminal(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	a := &app{stdout: &out, env: func(string) string { return "" }}
	require.NoError(t, a.table([][]string{{"NAME", "STATUS", "NOTE"}, {"µl", "COMPLETED", ""}, {"long name", "FAILED", "why"}}, true))
	require.Equal(t, "NAME       STATUS     NOTE\nµl         COMPLETED\nlong name  FAILED     why\n", out.String())
}
