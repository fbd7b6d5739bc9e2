package dryrun_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/dryrun"
)

// BenchmarkSession is a session of the five-choice task with its animal.
func BenchmarkSession(b *testing.B) {
	p := compiled(b, "5csrtt")
	rows, virtual := 0, time.Duration(0)
	b.ReportAllocs()
	for b.Loop() {
		r, err := dryrun.Run(b.Context(), p, dryrun.Options{Seed: 1, Row: func(dryrun.Row) { rows++ }})
		require.NoError(b, err)
		virtual += r.Duration
	}
	b.ReportMetric(float64(virtual)/float64(b.Elapsed()), "×real-time")
	b.ReportMetric(float64(b.Elapsed())/float64(rows), "ns/row")
}
