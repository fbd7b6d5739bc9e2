package ingest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
)

var now = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func point(metric string, at time.Time, value float64) lab.Point {
	return lab.Point{Metric: metric, At: at, Value: value}
}

func TestPointsAreReadAsAnyClientWritesThem(t *testing.T) {
	t.Parallel()
	at := now.Add(-time.Hour)
	ms := "1777633200000"
	for payload, want := range map[string][]lab.Point{
		`21.5`:                              {point("temperature", now, 21.5)},
		` true `:                            {point("temperature", now, 1)},
		`{"value": 3}`:                      {point("temperature", now, 3)},
		`{"ts":` + ms + `,"value":1e-3}`:    {point("temperature", at, 0.001)},
		`{"ts":` + ms + `.5,"value":false}`: {point("temperature", at.Add(500*time.Microsecond), 0)},
		`{"ts":"2026-05-01T13:00:00+02:00","values":{"b":2,"a":1}}`: {point("temperature.a", at, 1), point("temperature.b", at, 2)},
		`[1, {"ts":` + ms + `,"value":2}]`:                          {point("temperature", now, 1), point("temperature", at, 2)},
		`[]`:                                                        nil,
	} {
		got, err := ingest.ReadPoints("temperature", []byte(payload), now)
		require.NoError(t, err, payload)
		for i := range got {
			got[i].At = got[i].At.UTC()
		}
		require.Equal(t, want, got, payload)
	}
}

func TestPointsThatMeanNothingAreRefused(t *testing.T) {
	t.Parallel()
	for _, payload := range []string{
		``, `x`, `"21"`, `null`, `NaN`, `1e999`, `{}`, `{"ts":1}`, `{"value":1,"values":{}}`, `{"value":null}`,
		`{"ts":1700,"value":1}`, `{"ts":"yesterday","value":1}`, `{"ts":1e300,"value":1}`, `{"values":{"":1}}`, `{"values":{"a":{}}}`, `[[1]]`, `[1,]`, `1 2`,
		`[` + strings.Repeat("1,", 1000) + `1]`, `{"values":{"` + strings.Repeat("a", 200) + `":1}}`,
	} {
		_, err := ingest.ReadPoints("temperature", []byte(payload), now)
		require.Error(t, err, payload)
	}
	for _, metric := range []string{"", "Temperature", "_x", "1x", "a-b", "a/b", "é", strings.Repeat("a", 200)} {
		_, err := ingest.ReadPoints(metric, []byte(`1`), now)
		require.Error(t, err, metric)
	}
}

func FuzzReadPoints(f *testing.F) {
	f.Add([]byte(`[{"ts":1777633200000,"values":{"a":1}}]`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		ps, err := ingest.ReadPoints("m", payload, now)
		if err == nil && len(ps) > 1000 {
			t.Fatal(len(ps))
		}
	})
}
