package diagnostic

import (
	"fmt"
	"strings"
)

// maxSuggest bounds the work on a hostile name; nobody mistypes a longer one.
const maxSuggest = 40

// DidYouMean is the hint for a name that does not exist: the closest one that
// does, or else what there is to choose from.
func DidYouMean(name string, candidates []string) string {
	best, limit := "", max(1, min(3, len(name)/3))+1
	for i, c := range candidates {
		if i == 500 || len(name) > maxSuggest {
			break
		}
		if d := distance(strings.ToLower(name), strings.ToLower(c)); d < limit {
			best, limit = c, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %s?", best)
	case len(candidates) == 0:
		return ""
	}
	return "there is " + List(candidates)
}

// List is "a, b and c", cut short after eight.
func List(names []string) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n > 8:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:8], ", "), n-8)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// distance counts the bytes to insert, delete or replace. It looks at the
// lengths itself: a name can grow when it is put into small letters.
func distance(a, b string) int {
	if len(a) > maxSuggest || len(b) > maxSuggest {
		return maxSuggest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
