package expr

// suggest finds the candidate that name was most likely meant to be, "" when
// none is close. Of two equally close ones the first wins, so that the message
// is always the same.
func suggest(name string, candidates []string) string {
	if len(name) > MaxName {
		return ""
	}
	best, limit := "", min(max(1, min(3, len(name)/3))+1, len(name))
	for _, c := range candidates {
		if len(c) > MaxName {
			continue
		}
		if d := distance(name, c, limit); d < limit {
			best, limit = c, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour, ignoring case. It gives up at limit, and looks only at the letters
// that can be reached within it: a page may have many unknown names.
func distance(a, b string, limit int) int {
	if max(len(a)-len(b), len(b)-len(a)) >= limit {
		return limit
	}
	var rows [3][MaxName + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	least := 0
	for i := 1; i <= len(a); i++ {
		row, up, up2 := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		from, to, before := max(1, i-limit), min(len(b), i+limit), least
		if from > 1 {
			row[from-1] = limit
		}
		if to < len(b) {
			row[to+1] = limit
		}
		least = row[0]
		if from > 1 {
			least = limit
		}
		for j := from; j <= to; j++ {
			cost := 1
			if lowerByte(a[i-1]) == lowerByte(b[j-1]) {
				cost = 0
			}
			row[j] = min(up[j]+1, row[j-1]+1, up[j-1]+cost)
			if i > 1 && j > 1 && lowerByte(a[i-1]) == lowerByte(b[j-2]) && lowerByte(a[i-2]) == lowerByte(b[j-1]) {
				row[j] = min(row[j], up2[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit && before >= limit {
			return limit // a swap reaches back two rows
		}
	}
	return rows[len(a)%3][len(b)]
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
