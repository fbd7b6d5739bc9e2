package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// figure is one line of the table.
type figure struct {
	what, ours, peer, ratio, goal string
	met                           verdict
}

type verdict string

const (
	met    verdict = "yes"
	missed verdict = "NO"
	none   verdict = "" // only information
)

func judge(ok bool) verdict {
	if ok {
		return met
	}
	return missed
}

func printTable(to io.Writer, figures []figure) {
	if len(figures) == 0 {
		return
	}
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tours\tpeer in the same run\tratio\tgoal\tmet")
	for _, f := range figures {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", f.what, orDash(f.ours), orDash(f.peer), orDash(f.ratio), orDash(f.goal), orDash(string(f.met)))
	}
	_ = w.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// quantile sorts the samples.
func quantile(samples []time.Duration, q float64) time.Duration {
	if len(samples) == 0 {
		return 0
	}
	slices.Sort(samples)
	return samples[min(int(q*float64(len(samples))), len(samples)-1)]
}

func median(samples []time.Duration) time.Duration { return quantile(samples, 0.5) }

func ms(d time.Duration) string { return fmt.Sprintf("%.3g ms", float64(d)/1e6) }

func ratio(a, b time.Duration) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func times(x float64) string { return fmt.Sprintf("%.3g×", x) }
