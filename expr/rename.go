package expr

import "strings"

// Rename writes an expression with other names: to gives the new one for each
// name in it, and the same for what is to stay. Words of the language and
// functions are not names; strings, numbers and their units stay as they are.
func Rename(src string, to func(name string) string) string {
	var out strings.Builder
	for i := 0; i < len(src); {
		c := src[i]
		end := i + 1
		switch {
		case c == '\'' || c == '"' || c == '`':
			for end < len(src) && src[end] != c {
				if src[end] == '\\' && c != '`' {
					end++
				}
				end++
			}
			end = min(end+1, len(src))
		case isDigit(c): // with its unit and exponent
			for end < len(src) && (isLetter(src[end]) || isDigit(src[end]) || src[end] == '.') {
				end++
			}
		case isLetter(c):
			for end < len(src) && (isLetter(src[end]) || isDigit(src[end])) {
				end++
			}
			if name := src[i:end]; CheckName(name) == nil {
				out.WriteString(to(name))
				i = end
				continue
			}
		}
		out.WriteString(src[i:end])
		i = end
	}
	return out.String()
}

// RenameTemplate is Rename for the expressions of a template.
func RenameTemplate(src string, to func(name string) string) string {
	var out strings.Builder
	for i := 0; i < len(src); {
		rest := src[i:]
		if strings.HasPrefix(rest, "{{") || strings.HasPrefix(rest, "}}") {
			out.WriteString(rest[:2])
			i += 2
			continue
		}
		end := -1
		if rest[0] == '{' {
			end = closing(src, i)
		}
		if end < 0 {
			out.WriteByte(rest[0])
			i++
			continue
		}
		out.WriteString("{" + Rename(src[i+1:end], to) + "}")
		i = end + 1
	}
	return out.String()
}
