package plan

import (
	"errors"
	"fmt"
	"slices"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// design is what an order of trials is drawn from. A condition is a place in
// keys; conditions of the same key are alike.
type design struct {
	order       Order
	keys        []string
	repetitions int
	count       int // of a weighted order; 0: as many as conditions and repetitions
	maxRun      int
	row         int
	weights     []float64
}

// draws are the random numbers of one decision of a node's visit.
func (r *Runner) draws(node *Node, s *scope, stream string) task.Draws {
	return task.NewDraws(TaskSeed(r.seed, node.ID, s.Visit), node.ID, stream)
}

// draw is the order as a list of conditions, counted from 1.
//
//workflowcheck:ignore
func (d *design) draw(from task.Draws) Evaluated {
	order, err := d.sequence(from)
	if err != nil {
		return Evaluated{Error: err.Error()}
	}
	values := make([]expr.Value, len(order))
	for i, c := range order {
		values[i] = expr.IntValue(int64(c + 1))
	}
	return Evaluated{Values: []expr.Value{expr.ListValue(expr.Int, values...)}}
}

func (d *design) sequence(from task.Draws) ([]int, error) {
	n := len(d.keys)
	trials := n * d.repetitions
	if d.order == OrderWeighted && d.count > 0 {
		trials = d.count
	}
	if d.repetitions < 1 || d.repetitions > MaxTrials || d.count < 0 || trials > MaxTrials { // the product may overflow
		return nil, fmt.Errorf("%d conditions cannot be presented %d times: between 1 and %d trials are possible", n, d.repetitions, MaxTrials)
	}
	switch d.order {
	case OrderSequential:
		return d.repeated(func(int) []int { return count(n) }), nil
	case OrderRandom:
		return d.repeated(func(int) []int { return shuffled(count(n), from) }), nil
	case OrderFullRandom:
		return shuffled(d.repeated(func(int) []int { return count(n) }), from), nil
	case OrderPseudo:
		return d.pseudo(from)
	case OrderWeighted:
		return d.weighted(trials, from)
	case OrderLatin:
		if d.row < 1 {
			return nil, fmt.Errorf("a square has no row %d; the first is 1", d.row)
		}
		return d.repeated(func(i int) []int { return williams(n, d.row-1+i) }), nil
	case OrderBlocked:
		return d.blocked(from), nil
	}
	return nil, fmt.Errorf("this version knows no order %q", d.order)
}

func count(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func shuffled(order []int, from task.Draws) []int {
	from.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

func (d *design) repeated(once func(repetition int) []int) []int {
	var order []int
	for i := range d.repetitions {
		order = append(order, once(i)...)
	}
	return order
}

// pseudo draws one trial after the other from all that are left, except those
// after which the rest could not be arranged any more: so there is never a
// need to begin again, and it always ends.
func (d *design) pseudo(from task.Draws) ([]int, error) {
	if d.maxRun < 1 {
		return nil, fmt.Errorf("a run of %d is not possible; at least 1 is", d.maxRun)
	}
	left := shuffled(d.repeated(func(int) []int { return count(len(d.keys)) }), from)
	rest := newRest(d.keys, left)
	var order []int
	last, run := "", 0
	for len(left) > 0 {
		length := func(key string) int {
			if key == last {
				return run + 1
			}
			return 1
		}
		at := slices.IndexFunc(left, func(c int) bool {
			n := length(d.keys[c])
			return n <= d.maxRun && rest.arrangeable(d.keys[c], n, d.maxRun)
		})
		if at < 0 {
			return nil, fmt.Errorf("these conditions cannot be presented with at most %d alike in a row: one is too frequent", d.maxRun)
		}
		c := left[at]
		left = slices.Delete(left, at, at+1)
		last, run = d.keys[c], length(d.keys[c])
		rest.take(last)
		order = append(order, c)
	}
	return order, nil
}

// rest is how many trials of each key are left.
type rest struct {
	of   map[string]int
	keys []int // how many keys have so many left
	most int   // of one key
	sum  int
}

func newRest(keys []string, trials []int) *rest {
	r := &rest{of: map[string]int{}, sum: len(trials), keys: make([]int, len(trials)+1)}
	for _, c := range trials {
		r.of[keys[c]]++
		r.most = max(r.most, r.of[keys[c]])
	}
	seen := map[string]bool{}
	for _, key := range keys {
		if !seen[key] {
			seen[key] = true
			r.keys[r.of[key]]++
		}
	}
	return r
}

func (r *rest) take(key string) {
	n := r.of[key]
	r.keys[n]--
	r.keys[n-1]++
	r.of[key], r.sum = n-1, r.sum-1
	if n == r.most && r.keys[n] == 0 {
		r.most--
	}
}

// arrangeable says whether the rest can be put in order after a trial of this
// key that is the run-th of its kind: each key needs enough others between its
// runs. When the most frequent has them, so has every other.
func (r *rest) arrangeable(key string, run, maxRun int) bool {
	n, sum, most := r.of[key]-1, r.sum-1, r.most
	if n+1 == most && r.keys[most] == 1 {
		most--
	}
	return n <= maxRun-run+maxRun*(sum-n) && most <= maxRun*(sum-most+1)
}

func (d *design) weighted(trials int, from task.Draws) ([]int, error) {
	if len(d.weights) != len(d.keys) {
		return nil, fmt.Errorf("there are %d conditions and %d weights", len(d.keys), len(d.weights))
	}
	sum := 0.0
	for _, w := range d.weights {
		if w < 0 {
			return nil, fmt.Errorf("the weight %g is negative", w)
		}
		sum += w
	}
	if sum <= 0 {
		return nil, errors.New("all weights are 0")
	}
	order := make([]int, trials)
	for i := range order {
		at := from.Float() * sum
		for c, w := range d.weights {
			if w > 0 {
				order[i] = c // rounding may pass the last one
			}
			if at -= w; at < 0 {
				break
			}
		}
	}
	return order, nil
}

// williams is a row of the square in which every condition follows every other
// equally often (Williams 1949). An odd number of conditions needs twice as
// many rows, the second half being the first backwards.
func williams(n, row int) []int {
	rows := n
	if n%2 == 1 {
		rows = 2 * n
	}
	row %= rows
	order := make([]int, n)
	for i := range order {
		step := (i + 1) / 2
		if i%2 == 0 {
			step = n - i/2
		}
		order[i] = (row + step) % n
	}
	if row >= n {
		slices.Reverse(order)
	}
	return order
}

// blocked shuffles the blocks, and the trials within each.
func (d *design) blocked(from task.Draws) []int {
	var names []string
	members := map[string][]int{}
	for c, key := range d.keys {
		if members[key] == nil {
			names = append(names, key)
		}
		for range d.repetitions {
			members[key] = append(members[key], c)
		}
	}
	from.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var order []int
	for _, name := range names {
		order = append(order, shuffled(members[name], from)...)
	}
	return order
}

// TryOrder says why an order of these trials cannot be drawn, or nil. Keys are
// as many as there are conditions; those with the same key are alike.
func TryOrder(order Order, keys []string, repetitions, maxRun int, weights []float64) error {
	d := design{order: order, keys: keys, repetitions: repetitions, maxRun: maxRun, row: 1, weights: weights}
	_, err := d.sequence(task.NewDraws(0, "", ""))
	return err
}
