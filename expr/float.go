package expr

import "math"

// The functions in this file exist because package math has assembly for exp
// and log on some processors, and because a compiler may fuse x*y + z into one
// rounding on arm64 and not on amd64. A run would then take another branch on
// the Pi than in its dry-run. Rounding the library's results to fewer digits
// would only make such a difference rarer. So: fixed Go code, after the
// algorithms of FreeBSD's msun (error below one unit in the last place), every
// product rounded by mul, and nothing from math but operations that are exact
// or correctly rounded by definition.

// mul is a product that cannot be fused with what follows.
func mul(a, b float64) float64 { return float64(a * b) }

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
)

// exp is e**x; +Inf when it overflows.
func exp(x float64) float64 {
	const (
		log2e     = 1.44269504088896338700e+00
		overflow  = 7.09782712893383973096e+02
		underflow = -7.45133219101941108420e+02
	)
	switch {
	case x > overflow:
		return math.Inf(1)
	case x < underflow:
		return 0
	}
	half := 0.5
	if x < 0 {
		half = -0.5
	}
	k := int(mul(log2e, x) + half)
	hi := x - mul(float64(k), ln2Hi)
	lo := mul(float64(k), ln2Lo)

	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	r := hi - lo
	t := mul(r, r)
	c := r - mul(t, p1+mul(t, p2+mul(t, p3+mul(t, p4+mul(t, p5)))))
	y := 1 - ((lo - mul(r, c)/(2-c)) - hi)
	return float64(math.Ldexp(y, k))
}

// ln is the natural logarithm of x > 0.
func ln(x float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	f1, exponent := math.Frexp(x)
	if f1 < math.Sqrt2/2 {
		f1 = mul(f1, 2)
		exponent--
	}
	f := f1 - 1
	k := float64(exponent)
	s := f / (2 + f)
	s2 := mul(s, s)
	s4 := mul(s2, s2)
	t1 := mul(s2, l1+mul(s4, l3+mul(s4, l5+mul(s4, l7))))
	t2 := mul(s4, l2+mul(s4, l4+mul(s4, l6)))
	r := t1 + t2
	square := mul(mul(0.5, f), f)
	return mul(k, ln2Hi) - ((square - (mul(s, square+r) + mul(k, ln2Lo))) - f)
}

// log10 is exact for powers of ten, where everybody notices.
func log10(x float64) float64 {
	y := ln(x) / math.Ln10
	if k := math.Round(y); math.Abs(k) <= 308 && math.Pow10(int(k)) == x {
		return k
	}
	return y
}

// pow is x**y: the whole part of y by squaring, so that powers of small ints
// are exact, the rest by exp and ln. Inf and NaN mean there is no such number.
func pow(x, y float64) float64 {
	whole, part := math.Modf(math.Abs(y))
	switch {
	case y == 0 || x == 1:
		return 1
	case x == 0:
		if y < 0 {
			return math.Inf(1)
		}
		return 0
	case x < 0 && part != 0:
		return math.NaN()
	case whole >= 1<<62: // even, and far beyond what any x but ±1 survives
		switch {
		case x == -1:
			return 1
		case (math.Abs(x) < 1) == (y > 0):
			return 0
		}
		return math.Inf(1)
	}
	result, exponent := 1.0, 0
	switch {
	case part == 0.5:
		result = math.Sqrt(x)
	case part > 0.5:
		whole++
		result = exp(mul(part-1, ln(x)))
	case part != 0:
		result = exp(mul(part, ln(x)))
	}
	x1, e1 := math.Frexp(x)
	for i := int64(whole); i != 0; i >>= 1 {
		if e1 < -1<<12 || e1 > 1<<12 {
			exponent += e1 // over- or underflows for certain
			break
		}
		if i&1 == 1 {
			result = mul(result, x1)
			exponent += e1
		}
		x1 = mul(x1, x1)
		e1 <<= 1
		if x1 < 0.5 {
			x1 += x1
			e1--
		}
	}
	if y < 0 {
		result = 1 / result
		exponent = -exponent
	}
	return float64(math.Ldexp(result, exponent))
}

// roundTo rounds half away from zero at a number of decimals from 0 to 15.
func roundTo(x float64, digits int64) float64 {
	power := math.Pow10(int(digits))
	if math.Abs(x) >= (1<<53)/power {
		return x // no float of this size has a digit there
	}
	return math.Round(mul(x, power)) / power
}
