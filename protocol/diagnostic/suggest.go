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
		if d := distance(strings.ToLower(name), strings.ToLower(c), limit); d < limit {
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

// distance counts the bytes to insert, delete or replace, and gives up at
// limit. It looks at the lengths itself: a name can grow when it is put into
// small letters.
func distance(a, b string, limit int) int {
	if len(a) > maxSuggest || len(b) > maxSuggest || max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	var row [maxSuggest + 2]int
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		// Farther from the diagonal nothing can be within the limit.
		from, to := max(0, i-limit), min(len(b)-1, i+limit)
		diagonal := row[from]
		row[from] = limit
		if from == 0 {
			row[0] = i + 1
		}
		least := row[from]
		for j := from; j <= to; j++ {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
			least = min(least, row[j+1])
		}
		if least >= limit {
			return limit
		}
		row[to+2] = limit
	}
	return min(row[len(b)], limit)
}
