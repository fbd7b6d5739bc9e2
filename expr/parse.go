package expr

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// parse checks the limits, replaces the numbers and calls the parser.
func parse(src string) (ast.Node, []literal, *Error) {
	switch {
	case len(src) > MaxSource:
		return nil, nil, &Error{
			Source:  abbreviate(src, MaxSource),
			Message: fmt.Sprintf("the expression has %d bytes, more than %d", len(src), MaxSource),
			Hint:    "split it over several variables",
		}
	case strings.TrimSpace(src) == "":
		return nil, nil, &Error{Source: src, Message: "the expression is empty"}
	case !utf8.ValidString(src):
		return nil, nil, &Error{Source: strings.ToValidUTF8(src, "\uFFFD"), Message: "the expression is not UTF-8 text"}
	}
	s := scanner{src: src}
	if err := s.scan(); err != nil {
		return nil, nil, err
	}
	node, err := callParser(s.out.String())
	if err != nil {
		return nil, nil, parserError(src, err)
	}
	return node, s.lits, nil
}

// callParser turns a panic of the parser into an error: the parser is not ours,
// and what it reads comes from the network.
func callParser(src string) (node ast.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			node, err = nil, errors.New("it cannot be read")
		}
	}()
	tree, err := parser.Parse(src)
	if err != nil {
		return nil, err
	}
	return tree.Node, nil
}

// parserError says what the parser said with the words of the source, in which
// there are no tokens and no placeholders.
func parserError(src string, err error) *Error {
	var f *file.Error
	if !errors.As(err, &f) {
		return &Error{Source: src, Message: err.Error()}
	}
	runes := []rune(src)
	if strings.Contains(f.Message, "EOF") || strings.Contains(f.Message, "end of expression") {
		return &Error{Source: src, Column: len(runes) + 1, Message: "the expression ends too early"}
	}
	from := min(max(f.From, 0), len(runes))
	to := min(max(f.To, from), len(runes))
	e := &Error{Source: src, Column: from + 1}
	switch token := string(runes[from:to]); {
	case token == "=":
		e.Message, e.Hint = "`=` does not compare", "write `==`"
	case token == "#":
		e.Message = "`#` is the element of a list call like any(list, # > 3)"
		misspelt(e, string(runes[:from]))
	case strings.HasPrefix(f.Message, "unexpected token"):
		e.Message = fmt.Sprintf("`%s` does not fit here", abbreviate(token, 40))
	case strings.HasPrefix(f.Message, "expected at least"):
		e.Message, e.Hint = "a condition is missing", "write it with `#` for the element, like any(xs, # > 3)"
	case f.Message == "invalid char escape":
		e.Message, e.Hint = "the string has a wrong `\\`", `write \n, \t, \", \' or \\`
	case f.Message == "literal not terminated":
		e.Message = "the string is never closed"
	default:
		e.Message = f.Message
	}
	for _, r := range e.Message {
		if _, hidden := placeholderIndex(string(r)); hidden {
			e.Message = "this cannot be read"
			break
		}
	}
	return e
}

// misspelt turns an error at a `#` into one about the call it is in, when that
// is no function: only in the calls it knows does the parser understand `#`.
func misspelt(e *Error, before string) {
	end := len(before)
	for depth := 0; end > 0; end-- {
		if before[end-1] == ')' {
			depth++
		} else if before[end-1] == '(' {
			if depth--; depth < 0 {
				break
			}
		}
	}
	if end == 0 {
		return
	}
	word := end - 1
	for word > 0 && (isLetter(before[word-1]) || isDigit(before[word-1])) {
		word--
	}
	if name := before[word : end-1]; name != "" && functionNamed(name) == nil {
		e.Column = utf8.RuneCountInString(before[:word]) + 1
		e.Message, e.Hint = "there is no function `"+abbreviate(name, MaxName)+"`", functionHint(name)
	}
}
