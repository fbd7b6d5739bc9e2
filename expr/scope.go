package expr

import (
	"errors"
	"fmt"
	"slices"
)

// Scope tells the compiler what names mean. A slot is the index into the vars
// that Eval will be given.
type Scope interface {
	Lookup(name string) (slot int, t Type, ok bool)
	// Names lists every name, always in the same order: suggestions in error
	// messages are picked from it.
	Names() []string
}

// DeclScope is a Scope in which the first declared name has slot 0, the next
// slot 1, and so on. It is not safe for use while another goroutine declares.
type DeclScope struct {
	names []string
	types []Type
	slots map[string]int
}

// NewScope is a scope without names.
func NewScope() *DeclScope { return &DeclScope{slots: map[string]int{}} }

// Declare gives a name the next slot.
func (s *DeclScope) Declare(name string, t Type) (slot int, err error) {
	if err := CheckName(name); err != nil {
		return 0, err
	}
	if t == Invalid || t > DurationList {
		return 0, fmt.Errorf("%q needs a type", name)
	}
	if _, ok := s.slots[name]; ok {
		return 0, fmt.Errorf("%q is declared twice", name)
	}
	slot = len(s.names)
	s.names = append(s.names, name)
	s.types = append(s.types, t)
	s.slots[name] = slot
	return slot, nil
}

// Lookup implements Scope.
func (s *DeclScope) Lookup(name string) (slot int, t Type, ok bool) {
	slot, ok = s.slots[name]
	if !ok {
		return 0, Invalid, false
	}
	return slot, s.types[slot], true
}

// Names implements Scope: the names in order of declaration, so that Names()[i]
// is the name of slot i.
func (s *DeclScope) Names() []string { return slices.Clone(s.names) }

// Types are the declared types, in the order of Names.
func (s *DeclScope) Types() []Type { return slices.Clone(s.types) }

// keywords are words that the parser or the language claims.
var keywords = []string{
	"true", "false", "nil", "and", "or", "not", "in", "contains", "startsWith",
	"endsWith", "matches", "let", "if", "else",
}

// ValidName says whether s can be declared: [A-Za-z_][A-Za-z0-9_]*, at most
// MaxName bytes, not a keyword and not the name of a function.
func ValidName(s string) bool { return CheckName(s) == nil }

// CheckName is ValidName with the reason.
func CheckName(s string) error {
	switch {
	case s == "":
		return errors.New("a name is empty")
	case len(s) > MaxName:
		return fmt.Errorf("the name %.20q… is longer than %d letters", s, MaxName)
	case slices.Contains(keywords, s):
		return fmt.Errorf("%q is a word of the expression language and cannot be a name", s)
	case functionNamed(s) != nil:
		return fmt.Errorf("%q is a function of the expression language and cannot be a name", s)
	}
	for i := range len(s) {
		if !isLetter(s[i]) && (i == 0 || !isDigit(s[i])) {
			return fmt.Errorf("%q is not a name: use letters a–z, digits and _, and begin with a letter", s)
		}
	}
	return nil
}

// MustName returns s and panics when it is not a name. It is for names written
// in Go source.
func MustName(s string) string {
	if err := CheckName(s); err != nil {
		panic("expr: " + err.Error())
	}
	return s
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
