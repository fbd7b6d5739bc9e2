package page

import (
	"cmp"
	"slices"
)

// The measures of a picture, in pixels.
const (
	pad        = 10.0 // inside cards
	titleLine  = 18.0
	kindLine   = 14.0
	textLine   = 15.0
	rowGap     = 9.0
	laneGap    = 9.0 // between wires beside each other
	cardGap    = 30.0
	framePad   = 18.0
	letter     = 6.6 // width of a letter of fixed width
	boldLetter = 7.3 // of a label
	wideLetter = 8.0 // of a title
	narrowest  = 92.0
)

// What is nearer than this in the document is in one column, or in one row.
const (
	sameColumn = 120
	sameRow    = 100
)

// grid is a frame with its cards in columns and rows. The wires run in the
// channels between them: gap c of the columns is left of column c, gap r of the
// rows above row r.
type grid struct {
	*section
	columns, rows int
	wires         []*wire
	// Lefts and tops of the channels, with their widths.
	atColumn, atRow       []float64
	columnLanes, rowLanes []int
	wide, tall            float64
}

func newGrid(s *section) *grid {
	g := &grid{section: s}
	g.columns = place(s.cards, sameColumn, func(c *card) float64 { return c.x }, func(c *card, i int) { c.col = i })
	g.rows = place(s.cards, sameRow, func(c *card) float64 { return c.y }, func(c *card, i int) { c.row = i })
	taken := map[[2]int]bool{}
	for _, c := range s.cards {
		for taken[[2]int{c.col, c.row}] {
			c.row++
		}
		taken[[2]int{c.col, c.row}] = true
		g.rows = max(g.rows, c.row+1)
		c.measure()
	}
	g.align()
	g.columnLanes, g.rowLanes = make([]int, g.columns+1), make([]int, g.rows+1)
	g.connect()
	g.arrange()
	g.lanes()
	g.arrange()
	g.settle()
	return g
}

// align brings the titles of a row to one height.
func (g *grid) align() {
	kinds := map[int]bool{}
	for _, c := range g.cards {
		kinds[c.row] = kinds[c.row] || c.kind != ""
	}
	for _, c := range g.cards {
		if kinds[c.row] && c.kind == "" {
			c.lower = kindLine
		}
	}
}

// place numbers cards by groups of about the same coordinate.
func place(cards []*card, near float64, at func(*card) float64, set func(*card, int)) int {
	sorted := slices.Clone(cards)
	slices.SortStableFunc(sorted, func(a, b *card) int { return cmp.Compare(at(a), at(b)) })
	n, begin := 0, 0.0
	for i, c := range sorted {
		if v := at(c); i == 0 || v-begin > near {
			n, begin = n+1, v
		}
		set(c, n-1)
	}
	return n
}

// measure gives a card its size and its rows their places, from its top.
func (c *card) measure() {
	c.wide = narrowest
	c.tall = pad
	if c.kind != "" {
		c.tall += kindLine
		c.fit(c.kind, letter)
	}
	for _, s := range wrap(c.title, widest) {
		c.tall += titleLine
		if c.trial {
			s += "     "
		}
		if c.terminal {
			s += "  "
		}
		c.fit(s, wideLetter)
	}
	for _, l := range c.about {
		c.tall += textLine
		c.fit(l.text, l.letter())
	}
	for i := range c.rows {
		r := &c.rows[i]
		if len(r.lines) == 0 {
			continue // leaves beside the title
		}
		c.tall += rowGap
		r.at = c.tall + textLine/2
		for _, l := range r.lines {
			c.tall += textLine
			c.fit(l.text, l.letter())
		}
	}
	c.tall += pad
}

func (l line) letter() float64 {
	if l.class == classLabel || l.class == classOutcome {
		return boldLetter
	}
	return letter
}

func (c *card) fit(text string, letter float64) {
	c.wide = max(c.wide, float64(len([]rune(text)))*letter+2*pad)
}

// apart keeps wires that arrive from the left off those that arrive from the
// right.
const apart = 4

// entry is where wires arrive, from the top of the card.
func (c *card) entry(right bool) float64 {
	if right {
		return c.head() + apart
	}
	return c.head() - apart
}

// head is the middle of the title, from the top of the card.
func (c *card) head() float64 {
	at := pad + titleLine/2
	if c.kind != "" {
		at += kindLine
	}
	return at
}

// arrange gives channels and cards their places, for the lanes there are.
func (g *grid) arrange() {
	widths, heights := make([]float64, g.columns), make([]float64, g.rows)
	for _, c := range g.cards {
		widths[c.col], heights[c.row] = max(widths[c.col], c.wide), max(heights[c.row], c.tall+c.lower)
	}
	g.atColumn, g.wide = channels(widths, g.columnLanes, 0)
	g.atRow, g.tall = channels(heights, g.rowLanes, g.above())
	for _, c := range g.cards {
		c.wide = widths[c.col]
		c.left = g.atColumn[c.col] + channel(g.columnLanes, c.col)
		c.top = g.atRow[c.row] + channel(g.rowLanes, c.row) + c.lower
		if c.row == 0 {
			c.top += g.above()
		}
	}
}

// above is the room for the mark of where the frame begins, over the first row.
func (g *grid) above() float64 {
	if g.enters != nil {
		return 14
	}
	return 0
}

// channels puts channels and what is between them after each other.
func channels(sizes []float64, lanes []int, first float64) (at []float64, end float64) {
	at = make([]float64, len(lanes))
	for i := range lanes {
		at[i] = end
		end += channel(lanes, i)
		if i == 0 {
			end += first
		}
		if i < len(sizes) {
			end += sizes[i]
		}
	}
	return at, end
}

// channel is how wide a channel is: the outer ones only as their lanes need.
func channel(lanes []int, i int) float64 {
	wide := float64(lanes[i]) * laneGap
	if i > 0 && i < len(lanes)-1 {
		return wide + cardGap
	}
	if lanes[i] > 0 {
		wide += laneGap
	}
	return wide
}

// lane is where a lane of a channel runs.
func lane(at []float64, lanes []int, i, n int) float64 {
	return at[i] + (channel(lanes, i)-float64(lanes[i]-1)*laneGap)/2 + float64(n)*laneGap
}
