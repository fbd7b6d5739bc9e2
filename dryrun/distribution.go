package dryrun

import (
	"math"
	"slices"
)

// Distribution is how a quantity is spread over the animals of a cohort.
type Distribution struct {
	// Sorted are the values, ascending. Animals for which the quantity does not
	// exist, such as the accuracy of one that never answered, have none.
	Sorted []float64
	Mean   float64
	// SD is the sample's standard deviation; 0 for less than two values.
	SD float64
	// Bins is a histogram: equally wide, without gaps, from the least value to
	// the greatest.
	Bins []Bin
}

// Bin counts the values in [Low, High); the last bin has its High too.
type Bin struct {
	Low, High float64
	Count     int
}

// distribute describes values; whole says that they are counts, which then have
// bins that begin and end halfway between two of them.
func distribute(values []float64, whole bool) Distribution {
	d := Distribution{Sorted: slices.Clone(values)}
	slices.Sort(d.Sorted)
	n := float64(len(values))
	if n == 0 {
		return d
	}
	sum := 0.0
	for _, v := range d.Sorted { // in this order, so that the sum is always the same
		sum += v
	}
	d.Mean = sum / n
	if n > 1 {
		squares := 0.0
		for _, v := range d.Sorted {
			squares += (v - d.Mean) * (v - d.Mean)
		}
		d.SD = math.Sqrt(squares / (n - 1))
	}
	d.Bins = bins(d.Sorted, whole)
	return d
}

// bins are as many as Sturges (1926) advises: one more than the binary
// logarithm of the number of values.
func bins(sorted []float64, whole bool) []Bin {
	n := int(math.Ceil(math.Log2(float64(len(sorted))))) + 1
	low, high := sorted[0], sorted[len(sorted)-1]
	var width float64
	if whole {
		width = math.Ceil((high - low + 1) / float64(n))
		n = int(math.Ceil((high - low + 1) / width))
		low -= 0.5
	} else {
		if low == high {
			return []Bin{{low, high, len(sorted)}}
		}
		width = (high - low) / float64(n)
	}
	out := make([]Bin, n)
	for i := range out {
		out[i] = Bin{Low: low + float64(i)*width, High: low + float64(i+1)*width}
	}
	for _, v := range sorted {
		out[min(int((v-low)/width), n-1)].Count++
	}
	return out
}

// Quantile is the value below which the share p of the animals lies, linear
// between two values (type 7 of Hyndman & Fan 1996); NaN when there are none.
func (d Distribution) Quantile(p float64) float64 {
	if len(d.Sorted) == 0 {
		return math.NaN()
	}
	at := min(max(p, 0), 1) * float64(len(d.Sorted)-1)
	i := int(at)
	if i+1 >= len(d.Sorted) {
		return d.Sorted[len(d.Sorted)-1]
	}
	return d.Sorted[i] + (at-float64(i))*(d.Sorted[i+1]-d.Sorted[i])
}

// Below is the share of the animals, 0 to 1, that have less than a value; NaN
// when there are none.
func (d Distribution) Below(value float64) float64 {
	if len(d.Sorted) == 0 {
		return math.NaN()
	}
	i, _ := slices.BinarySearch(d.Sorted, value)
	return float64(i) / float64(len(d.Sorted))
}
