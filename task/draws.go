package task

// Draws are random numbers for what is decided outside of a program, such as
// the order of conditions of a session. They come from the same generator as
// the streams of a program, so that one run seed explains every draw of a run.
type Draws struct{ source source }

// NewDraws is the stream of a name; the same three give the same numbers, in
// every version and on every processor.
func NewDraws(seed uint64, name, stream string) Draws { return Draws{newSource(seed, name, stream)} }

// Below is uniform in [0, n); n must be positive.
func (d Draws) Below(n int) int { return int(d.source.below(uint64(n))) }

// Float is uniform in [0, 1).
func (d Draws) Float() float64 { return d.source.float() }

// Shuffle puts what swap exchanges into a random order (Fisher and Yates).
func (d Draws) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, d.Below(i+1))
	}
}
