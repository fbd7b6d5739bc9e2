package expr

import (
	"math"
	"slices"
)

// float is the element at i of a list of numbers.
func (l *list) float(i int) float64 {
	if l.elem == Int {
		return float64(int64(l.nums[i]))
	}
	return math.Float64frombits(l.nums[i])
}

// median of a list with elements. Short lists are sorted on the stack.
func (m *machine) median(n *node, l *list) float64 {
	var short [64]float64
	xs := short[:0]
	for i := range l.len() {
		xs = append(xs, m.finite(n, l.float(i)))
	}
	slices.Sort(xs)
	half := len(xs) / 2
	if len(xs)%2 == 1 {
		return xs[half]
	}
	return (xs[half-1] + xs[half]) / 2
}

func (m *machine) medianDuration(n *node, l *list) int64 {
	if !m.filled(n, l) {
		return 0
	}
	var short [64]int64
	xs := short[:0]
	for _, num := range l.nums {
		xs = append(xs, int64(num))
	}
	slices.Sort(xs)
	half := len(xs) / 2
	if len(xs)%2 == 1 {
		return xs[half]
	}
	return m.divide(n, m.add(n, xs[half-1], xs[half]), 2)
}
