package expr

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// durationUnit is the length of a unit, 0 when there is no such unit. Minutes
// are min and never m, which people read as milli, metre and month.
func durationUnit(s string) time.Duration {
	switch s {
	case "ns":
		return time.Nanosecond
	case "us", "µs", "μs": // U+00B5 and U+03BC look the same
		return time.Microsecond
	case "ms":
		return time.Millisecond
	case "s":
		return time.Second
	case "min":
		return time.Minute
	case "h":
		return time.Hour
	case "d":
		return 24 * time.Hour
	}
	return 0
}

// ParseDuration reads 250ms, 1.5s, 30min, 2h, 100us, 1d: a decimal number and
// one unit. The result is exact; what cannot be is refused: a bare number, a
// sign, less than a nanosecond, more than 292 years.
func ParseDuration(s string) (time.Duration, error) {
	text := strings.TrimSpace(s)
	end := 0
	for end < len(text) && (isDigit(text[end]) || text[end] == '.') {
		end++
	}
	number, name := text[:end], strings.TrimLeft(text[end:], " ")
	switch {
	case strings.HasPrefix(text, "-"):
		return 0, fmt.Errorf("%q: a duration cannot be negative", abbreviate(s, 40))
	case number == "" || number == "." || strings.Count(number, ".") > 1:
		return 0, fmt.Errorf("%q is not a duration: write a number and a unit, like 250ms, 1.5s or 30min", abbreviate(s, 40))
	case name == "":
		return 0, fmt.Errorf("%q has no unit: write %sms, %ss or %smin", abbreviate(s, 40), number, number, number)
	}
	unit := durationUnit(name)
	if unit == 0 {
		return 0, fmt.Errorf("%q: no unit %q; the units are us, ms, s, min, h and d", abbreviate(s, 40), abbreviate(name, 20))
	}
	d, reason := scale(number, uint64(unit))
	if reason != "" {
		return 0, fmt.Errorf("%q is %s", abbreviate(s, 40), reason)
	}
	return d, nil
}

// scale multiplies a decimal number with a unit without ever rounding.
func scale(number string, unit uint64) (d time.Duration, reason string) {
	const tooLong = "longer than 292 years, the longest duration"
	whole, frac, _ := strings.Cut(number, ".")
	frac = strings.TrimRight(frac, "0")
	if len(frac) > 18 {
		return 0, "finer than a nanosecond"
	}
	var n uint64
	if whole != "" {
		w, err := strconv.ParseUint(whole, 10, 64)
		if err != nil {
			return 0, tooLong
		}
		hi, lo := bits.Mul64(w, unit)
		if hi != 0 || lo > math.MaxInt64 {
			return 0, tooLong
		}
		n = lo
	}
	if frac != "" {
		f, _ := strconv.ParseUint(frac, 10, 64) // at most 18 digits: always fits
		power := uint64(1)
		for range len(frac) {
			power *= 10
		}
		hi, lo := bits.Mul64(f, unit)
		part, rest := bits.Div64(hi, lo, power) // f < power, so the quotient is below unit
		if rest != 0 {
			return 0, "finer than a nanosecond"
		}
		n += part
	}
	if n > math.MaxInt64 {
		return 0, tooLong
	}
	return time.Duration(n), ""
}

// FormatDuration writes the one canonical text of a duration: seconds from one
// second up, milliseconds below, as many decimals as it takes to be exact:
// 1.5s, 90s, 250ms, 0.1ms. ParseDuration reads it back unless it is negative.
func FormatDuration(d time.Duration) string { return string(appendDuration(nil, d)) }

func appendDuration(b []byte, d time.Duration) []byte {
	n := uint64(d)
	if d < 0 {
		b = append(b, '-')
		n = -n
	}
	unit, name := uint64(time.Millisecond), "ms"
	if n == 0 || n >= uint64(time.Second) {
		unit, name = uint64(time.Second), "s"
	}
	b = strconv.AppendUint(b, n/unit, 10)
	if rest := n % unit; rest != 0 {
		b = append(b, '.')
		for rest != 0 {
			unit /= 10
			b = append(b, byte('0'+rest/unit))
			rest %= unit
		}
	}
	return append(b, name...)
}
