package task

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/bits"
	"math/rand/v2"
	"strconv"
)

// source is a stream's generator. Everything above the PCG's 64 bits is
// written out here, because math/rand/v2 promises the sequence of PCG but not
// that of its distributions.
type source struct{ pcg *rand.PCG }

// newSource derives a generator from (seed, task, stream). The names are
// length-prefixed, so that no two triples are alike.
func newSource(seed uint64, task, stream string) source {
	key := strconv.FormatUint(seed, 10) + "\x00" + strconv.Itoa(len(task)) + ":" + task + "\x00" + stream
	sum := sha256.Sum256([]byte(key))
	return source{rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))}
}

// float is uniform in [0, 1).
func (s source) float() float64 { return float64(s.pcg.Uint64()>>11) / (1 << 53) }

// below is uniform in [0, n); n = 0 means the full 64 bits.
func (s source) below(n uint64) uint64 {
	if n == 0 {
		return s.pcg.Uint64()
	}
	// Lemire's method: the high word of a product, without bias.
	high, low := bits.Mul64(s.pcg.Uint64(), n)
	if low < n {
		for threshold := -n % n; low < threshold; {
			high, low = bits.Mul64(s.pcg.Uint64(), n)
		}
	}
	return high
}

// exponential has mean 1.
func (s source) exponential() float64 { return -math.Log(1 - s.float()) }

// normal has mean 0 and standard deviation 1 (Box–Muller, one of the pair).
func (s source) normal() float64 {
	radius := math.Sqrt(float64(2 * s.exponential()))
	return radius * math.Cos(float64(2*math.Pi*s.float()))
}

// rounded keeps nine significant digits: the last bits of logarithms differ
// between processors, and a draw must not.
func rounded(x float64) float64 {
	if x == 0 {
		return 0
	}
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 9, 64), 64)
	if err != nil {
		return x
	}
	return y
}
