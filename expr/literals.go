package expr

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// literal is a number in the source with what it means.
type literal struct {
	text  string
	value Value
}

// The parser cannot read 250ms or 3µl, and it reads 3000000000 on one machine
// and not on another. So every number is replaced, before parsing, by a name of
// exactly the same length in runes, which keeps every column true. The first
// sign of the name says which number it was. It is a letter from a script that
// cannot occur in the source, because outside strings the scanner lets only
// ASCII and the µ of a unit pass.
const firstPlaceholder = '\uA000' // Yi; the block has more letters than MaxSource has bytes

func (l literal) placeholder(i int) string {
	return string(rune(firstPlaceholder+i)) + strings.Repeat("0", utf8.RuneCountInString(l.text)-1)
}

// placeholderIndex is the inverse of placeholder.
func placeholderIndex(name string) (int, bool) {
	r, _ := utf8.DecodeRuneInString(name)
	return int(r - firstPlaceholder), r >= firstPlaceholder && r < firstPlaceholder+MaxSource
}

// scanner goes over the source once before the parser sees it: it replaces the
// numbers, and refuses early what would make the parser work hard (nesting) or
// misread (a // b is a comment to it).
type scanner struct {
	src    string
	pos    int
	out    strings.Builder
	lits   []literal
	opened []int // where brackets were opened
	signs  int   // prefix operators in a row
}

func (s *scanner) fail(pos int, hint, format string, args ...any) *Error {
	return &Error{
		Source: s.src, Column: utf8.RuneCountInString(s.src[:pos]) + 1,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	}
}

func (s *scanner) scan() *Error {
	for s.pos < len(s.src) {
		if err := s.token(); err != nil {
			return err
		}
	}
	if n := len(s.opened); n > 0 {
		at := s.opened[n-1]
		return s.fail(at, "", "the `%c` is never closed", s.src[at])
	}
	return nil
}

func (s *scanner) token() *Error {
	c := s.src[s.pos]
	switch {
	case strings.IndexByte(" \t\r\n", c) >= 0:
		s.copy(s.pos + 1)
		return nil
	case strings.IndexByte("+-!", c) >= 0:
		return s.sign(s.pos + 1)
	case isLetter(c):
		end := s.pos
		for end < len(s.src) && (isLetter(s.src[end]) || isDigit(s.src[end])) {
			end++
		}
		switch word := s.src[s.pos:end]; word {
		case "not":
			return s.sign(end)
		case "if", "else":
			return s.fail(s.pos, "write condition ? a : b", "`%s` is not part of the language", word)
		case "let":
			return s.fail(s.pos, "declare a variable of the task", "`let` is not part of the language")
		}
		s.copy(end)
	case c == '\'' || c == '"' || c == '`':
		s.signs = 0
		return s.quoted(c)
	case isDigit(c) || c == '.' && s.beginsFraction():
		s.signs = 0
		return s.number()
	default:
		s.signs = 0
		return s.punctuation(c)
	}
	s.signs = 0
	return nil
}

// beginsFraction tells the point of .5 from the one of a.b.
func (s *scanner) beginsFraction() bool {
	if s.pos+1 == len(s.src) || !isDigit(s.src[s.pos+1]) {
		return false
	}
	return s.pos == 0 || strings.IndexByte(" \t\r\n+-*/%^<>=!&|?:,([{", s.src[s.pos-1]) >= 0
}

func (s *scanner) copy(end int) {
	s.out.WriteString(s.src[s.pos:end])
	s.pos = end
}

func (s *scanner) quoted(quote byte) *Error {
	for i := s.pos + 1; i < len(s.src); i++ {
		switch c := s.src[i]; {
		case c == quote:
			s.copy(i + 1)
			return nil
		case c == '\\' && quote != '`':
			i++
		}
	}
	return s.fail(s.pos, "", "the string is never closed")
}

// sign bounds - - - - x, which nests without brackets.
func (s *scanner) sign(end int) *Error {
	if s.signs++; s.signs > MaxNesting {
		return s.fail(s.pos, "", "more than %d signs in a row", MaxNesting)
	}
	s.copy(end)
	return nil
}

func (s *scanner) punctuation(c byte) *Error {
	two := s.src[s.pos:min(s.pos+2, len(s.src))]
	switch {
	case two == "//" || two == "/*":
		return s.fail(s.pos, "for whole numbers write floor(a / b)", "`%s` is not an operator", two)
	case two == "..": // also because the second point would begin a number in 1..5
		return s.fail(s.pos, "write x >= 1 and x <= 5", "there are no ranges")
	case two == "||" || two == "&&":
		s.copy(s.pos + 2)
		return nil
	case c == '|' || c == '&':
		return s.fail(s.pos, "write `and` or `or`", "`%c` is not an operator", c)
	case two == "::":
		return s.fail(s.pos, "", "`::` is not part of the language")
	case c == ';':
		return s.fail(s.pos, "write one expression", "`;` is not part of the language")
	case strings.IndexByte("([{", c) >= 0:
		if s.opened = append(s.opened, s.pos); len(s.opened) > MaxNesting {
			return s.fail(s.pos, "", "more than %d brackets inside each other", MaxNesting)
		}
	case strings.IndexByte(")]}", c) >= 0:
		if len(s.opened) == 0 {
			return s.fail(s.pos, "", "the `%c` was never opened", c)
		}
		last := len(s.opened) - 1
		if opened := s.src[s.opened[last]]; strings.IndexByte("([{", opened) != strings.IndexByte(")]}", c) {
			return s.fail(s.pos, "", "the `%c` does not close the `%c` before it", c, opened)
		}
		s.opened = s.opened[:last]
	case strings.IndexByte(",?:*/%^<>=#.", c) < 0:
		r, _ := utf8.DecodeRuneInString(s.src[s.pos:])
		return s.fail(s.pos, plainSign(r), "`%c` is not part of the language", r)
	}
	s.copy(s.pos + 1)
	return nil
}

// plainSign helps with what word processors and papers put in place of ASCII.
func plainSign(r rune) string {
	for _, sign := range [...]struct{ fancy, plain string }{
		{"“”„«»", `"`},
		{"‘’‚", "'"},
		{"×·⋅", "*"},
		{"÷", "/"},
		{"−–—", "-"},
		{"≤", "<="},
		{"≥", ">="},
		{"≠", "!="},
		{"∧", "and"},
		{"∨", "or"},
		{"¬", "not"},
		{"∈", "in"},
	} {
		if strings.ContainsRune(sign.fancy, r) {
			return "write `" + sign.plain + "`"
		}
	}
	return ""
}

func (s *scanner) number() *Error {
	end, err := s.digits()
	if err != nil {
		return err
	}
	number := strings.ReplaceAll(s.src[s.pos:end], "_", "")
	start := end
	for start < len(s.src) && s.src[start] == ' ' {
		start++
	}
	stop := start
	for stop < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[stop:])
		if r != 'µ' && r != 'μ' && (r >= utf8.RuneSelf || !isLetter(byte(r)) && !isDigit(byte(r))) {
			break
		}
		stop += size
	}
	unit := s.src[start:stop]
	switch {
	case isUnit(unit):
		end = stop
	case start == end && unit != "":
		return s.fail(end, "the units are us, ms, s, min, h, d and µl", "there is no unit `%s`", abbreviate(unit, 20))
	default:
		unit = "" // 3 or x: the next word is another token
	}
	v, reason := numberValue(number, unit)
	if reason != "" {
		return s.fail(s.pos, "", "`%s` is %s", abbreviate(s.src[s.pos:end], 40), reason)
	}
	l := literal{text: s.src[s.pos:end], value: v}
	s.out.WriteString(l.placeholder(len(s.lits)))
	s.lits = append(s.lits, l)
	s.pos = end
	return nil
}

// digits finds the end of a number without its unit: 12, 1_000, 0.5, .5, 1e-3, 0x1F.
func (s *scanner) digits() (end int, err *Error) {
	run := func(from int, hex bool) int {
		for from < len(s.src) {
			c := s.src[from]
			letter := c|0x20 >= 'a' && c|0x20 <= 'f'
			grouped := c == '_' && from > s.pos && s.src[from-1] != '_' && from+1 < len(s.src) && isDigit(s.src[from+1])
			if !isDigit(c) && (!hex || !letter) && !grouped {
				break
			}
			from++
		}
		return from
	}
	if prefix := strings.ToLower(s.src[s.pos:min(s.pos+2, len(s.src))]); prefix == "0x" || prefix == "0b" || prefix == "0o" {
		end = run(s.pos+2, prefix == "0x")
		if end == s.pos+2 {
			return 0, s.fail(s.pos, "", "a number is missing after `%s`", prefix)
		}
		return end, nil
	}
	end = run(s.pos, false)
	if end+1 < len(s.src) && s.src[end] == '.' && isDigit(s.src[end+1]) {
		end = run(end+1, false)
	}
	if end < len(s.src) && s.src[end]|0x20 == 'e' {
		from := end + 1
		if from < len(s.src) && (s.src[from] == '+' || s.src[from] == '-') {
			from++
		}
		if from < len(s.src) && isDigit(s.src[from]) {
			end = run(from, false)
		}
	}
	return end, nil
}

func isVolume(unit string) bool {
	return slices.Contains([]string{"µl", "μl", "ul", "µL", "μL", "uL"}, unit)
}

func isUnit(s string) bool { return durationUnit(s) != 0 || isVolume(s) }

// numberValue gives a literal its type: with a unit of time a duration, with
// µl, a point or an exponent a float, else an int.
func numberValue(number, unit string) (v Value, reason string) {
	based := len(number) > 1 && number[0] == '0' && !isDigit(number[1]) && number[1] != '.' && number[1]|0x20 != 'e'
	switch {
	case unit != "" && based:
		return Value{}, "not a number with a unit"
	case unit != "" && !isVolume(unit):
		if strings.ContainsAny(number, "eE") {
			return Value{}, "not a duration: write it without an exponent"
		}
		d, reason := scale(number, uint64(durationUnit(unit)))
		return DurationValue(d), reason
	case !based && (unit != "" || strings.ContainsAny(number, ".eE")):
		f, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return Value{}, "too large for a float"
		}
		return FloatValue(f), ""
	}
	base := 10
	if based {
		base = 0
	}
	n, err := strconv.ParseInt(number, base, 64)
	if err != nil {
		return Value{}, "not an int between -9223372036854775807 and 9223372036854775807"
	}
	return IntValue(n), ""
}
