package expr_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/lics-lab/lics/expr"
)

func TestParseDuration(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		"250ms": 250 * time.Millisecond, "1.5s": 1500 * time.Millisecond, "30min": 30 * time.Minute,
		"2h": 2 * time.Hour, "100us": 100 * time.Microsecond, "100µs": 100 * time.Microsecond,
		"100μs": 100 * time.Microsecond, "1d": 24 * time.Hour, "0s": 0, " 1 s ": time.Second, //nolint:gocritic // spaces around are forgiven
		"1ns": 1, "0.000001ms": 1, ".5s": 500 * time.Millisecond, "1.s": time.Second,
		"0.5000000000000000000000000s": 500 * time.Millisecond,
		"9223372036854775807ns":        math.MaxInt64, "9223372036.854775807s": math.MaxInt64,
		"0.0000000000000001d": -1, // 8.64e-3 ns
		"0.0001220703125d":    10546875 * time.Microsecond,
	} {
		got, err := expr.ParseDuration(in)
		if want < 0 {
			require.Error(t, err, in)
			continue
		}
		require.NoError(t, err, in)
		require.Equal(t, want, got, in)
	}
}

func TestParseDurationRefuses(t *testing.T) {
	t.Parallel()
	for in, message := range map[string]string{
		"":                      `"" is not a duration: write a number and a unit, like 250ms, 1.5s or 30min`,
		"3":                     `"3" has no unit: write 3ms, 3s or 3min`,
		"-1s":                   `"-1s": a duration cannot be negative`,
		"1m":                    `"1m": no unit "m"; the units are us, ms, s, min, h and d`,
		"1h30min":               `"1h30min": no unit "h30min"; the units are us, ms, s, min, h and d`,
		"1.2.3s":                `"1.2.3s" is not a duration: write a number and a unit, like 250ms, 1.5s or 30min`,
		"s":                     `"s" is not a duration: write a number and a unit, like 250ms, 1.5s or 30min`,
		"0.1ns":                 `"0.1ns" is finer than a nanosecond`,
		"9223372036854775808ns": `"9223372036854775808ns" is longer than 292 years, the longest duration`,
		"9223372036.854775808s": `"9223372036.854775808s" is longer than 292 years, the longest duration`,
		"99999999999999999999s": `"99999999999999999999s" is longer than 292 years, the longest duration`,
		"200000d":               `"200000d" is longer than 292 years, the longest duration`,
	} {
		_, err := expr.ParseDuration(in)
		require.EqualError(t, err, message)
	}
	_, err := expr.ParseDuration(strings.Repeat("9", 1<<20) + "s")
	require.Error(t, err)
}

func TestADurationHasOneText(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0s", 1: "0.000001ms", 999 * time.Millisecond: "999ms", time.Second: "1s", 90 * time.Second: "90s",
		1500 * time.Millisecond: "1.5s", -time.Millisecond: "-1ms", 1000000001: "1.000000001s",
		math.MinInt64: "-9223372036.854775808s",
	} {
		require.Equal(t, want, expr.FormatDuration(d))
	}
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Min(0).Draw(t, "d"))
		got, err := expr.ParseDuration(expr.FormatDuration(d))
		if err != nil || got != d {
			t.Fatalf("%d: %v %v", d, got, err)
		}
	})
}
