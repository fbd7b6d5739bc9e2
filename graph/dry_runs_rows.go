package graph

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/lics-lab/lics/dryrun"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
)

// dryRunRowPage is a page of a session's rows. A row's cursor is its number.
func dryRunRowPage(s *gen.DryRunSession, first int, after *string, fromNs *int64, kinds []string, node *string) (gen.DryRunRowConnection, error) {
	rows := s.Result.Rows
	drawn := drawnStates(s.Plan)
	begin := 0
	if fromNs != nil {
		begin, _ = slices.BinarySearchFunc(rows, time.Duration(*fromNs), func(r dryrun.Row, t time.Duration) int { return cmp.Compare(r.At, t) })
	}
	edges, nodes, info, err := connect(first, after, maxRecordPage, func(p store.Page) ([]gen.DryRunRow, bool, error) {
		at, err := place(p.After, len(rows))
		if err != nil {
			return nil, false, err
		}
		out := []gen.DryRunRow{}
		for i := max(at, begin); i < len(rows); i++ {
			r := &rows[i]
			if node != nil && r.Node != *node || len(kinds) > 0 && !slices.Contains(kinds, string(r.Kind)) {
				continue
			}
			if len(out) == p.First {
				return out, true, nil
			}
			ramp, frequency := shapeOf(r.Ramp, r.Frequency)
			out = append(out, gen.DryRunRow{
				RampNs: ramp, FrequencyHz: frequency,
				Number: i + 1, AtNs: r.At.Nanoseconds(), Kind: string(r.Kind), Name: r.Name, Value: r.Value.String(),
				Node: r.Node, DrawnAs: drawnAs(drawn, r), Role: r.Role, Trial: int(r.Trial),
			})
		}
		return out, false, nil
	}, func(r gen.DryRunRow) string { return strconv.Itoa(r.Number) },
		func(c string, n gen.DryRunRow) gen.DryRunRowEdge { return gen.DryRunRowEdge{Cursor: c, Node: n} })
	return gen.DryRunRowConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

func dryRunTrialPage(s *gen.DryRunSession, first int, after *string) (gen.DryRunTrialConnection, error) {
	trials := s.Result.Trials
	next := 0
	edges, nodes, info, err := connect(first, after, maxRecordPage, func(p store.Page) ([]gen.DryRunTrial, bool, error) {
		at, err := place(p.After, len(trials))
		if err != nil {
			return nil, false, err
		}
		next = at
		page := trials[at:min(at+p.First, len(trials))]
		out := make([]gen.DryRunTrial, len(page))
		for i, t := range page {
			out[i] = gen.DryRunTrial{
				Node: t.Node, Number: t.Number, StartNs: t.Start.Nanoseconds(),
				DurationNs: t.Duration.Nanoseconds(), Outcome: t.Outcome,
			}
		}
		return out, at+p.First < len(trials), nil
	}, func(gen.DryRunTrial) string {
		next++ // connect asks for them in order
		return strconv.Itoa(next)
	}, func(c string, n gen.DryRunTrial) gen.DryRunTrialEdge { return gen.DryRunTrialEdge{Cursor: c, Node: n} })
	return gen.DryRunTrialConnection{Edges: edges, Nodes: nodes, PageInfo: info}, err
}

// place reads the cursor of a list that is in memory: how many items come
// before.
func place(after string, n int) (int, error) {
	if after == "" {
		return 0, nil
	}
	at, err := strconv.Atoi(after)
	if err != nil || at < 0 || at > n {
		return 0, lab.FieldErrorf("after", "The cursor cannot be read. Ask again without one.")
	}
	return at, nil
}

func drawnAs(drawn map[stateKey]string, r *dryrun.Row) string {
	if r.Kind != task.KindState {
		return ""
	}
	return drawn[stateKey{r.Node, r.Name}]
}
