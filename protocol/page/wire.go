package page

import (
	"cmp"
	"slices"
)

// wire leads from a row of a card to another card: out on one side, along a
// channel between columns, along one between rows and another between columns
// when it has far to go, and in beside the title. Wires to the same card share
// their lanes, so that they run together like rails.
type wire struct {
	from, to          *card
	row               int
	outRight, inRight bool
	first, across     int // channels; across is -1 when one turn is enough
	last              int

	firstLane, acrossLane, lastLane int
}

type point struct{ x, y float64 }

// connect decides which channels the wires take.
func (g *grid) connect() {
	byID := map[string]*card{}
	taken := map[[2]int]bool{}
	for _, c := range g.cards {
		byID[c.id] = c
		taken[[2]int{c.col, c.row}] = true
	}
	free := func(row, from, to int) bool {
		for col := from; col < to; col++ {
			if taken[[2]int{col, row}] {
				return false
			}
		}
		return true
	}
	for _, c := range g.cards {
		for i, r := range c.rows {
			to := byID[r.to]
			if to == nil {
				continue
			}
			w := &wire{from: c, to: to, row: i, across: -1}
			switch {
			case to.col > c.col:
				w.outRight = true
				w.first, w.last = c.col+1, to.col
				if free(c.row, c.col+1, to.col) {
					w.first = w.last
				}
			case to.col < c.col:
				w.inRight = true
				w.first, w.last = c.col, to.col+1
				if free(c.row, to.col+1, c.col) {
					w.first = w.last
				}
			default:
				w.outRight, w.inRight = true, true
				w.first, w.last = c.col+1, c.col+1
			}
			if w.first != w.last {
				w.across = to.row
				if to.row < c.row {
					w.across = to.row + 1
				}
			}
			g.wires = append(g.wires, w)
		}
	}
}

// exit is where a wire leaves its card, from the top of the card.
func (w *wire) exit() float64 {
	if r := &w.from.rows[w.row]; len(r.lines) > 0 {
		return r.at
	}
	return w.from.entry(!w.outRight)
}

// settle moves wires apart that leave two neighbours at the same height, each
// toward the other.
func (g *grid) settle() {
	for i, w := range g.wires {
		for _, o := range g.wires[:i] {
			if o.first != w.first || o.outRight == w.outRight || len(w.from.rows[w.row].lines) == 0 {
				continue
			}
			if d := w.from.top + w.exit() - o.from.top - o.exit(); d > -clear && d < clear {
				w.from.rows[w.row].at += clear - d
			}
		}
	}
}

// clear is how far apart lines are that can be told apart.
const clear = 5

// reach is the part of a channel that the wires to one card need.
type reach struct {
	to     *card
	low    float64
	high   float64
	assign []func(lane int)
}

// lanes gives each wire a lane in each of its channels: wires to different
// cards never run upon each other.
func (g *grid) lanes() {
	columns, rows := make([][]*reach, g.columns+1), make([][]*reach, g.rows+1)
	add := func(in []*reach, to *card, a, b float64, assign func(int)) []*reach {
		i := slices.IndexFunc(in, func(r *reach) bool { return r.to == to })
		if i < 0 {
			in = append(in, &reach{to: to, low: min(a, b), high: max(a, b)})
			i = len(in) - 1
		}
		in[i].low, in[i].high = min(in[i].low, a, b), max(in[i].high, a, b)
		in[i].assign = append(in[i].assign, assign)
		return in
	}
	for _, w := range g.wires {
		begin, end := w.from.top+w.exit(), w.to.top+w.to.entry(w.inRight)
		if w.across < 0 {
			columns[w.first] = add(columns[w.first], w.to, begin, end, func(n int) { w.firstLane, w.lastLane = n, n })
			continue
		}
		y := g.atRow[w.across] + channel(g.rowLanes, w.across)/2
		columns[w.first] = add(columns[w.first], w.to, begin, y, func(n int) { w.firstLane = n })
		rows[w.across] = add(rows[w.across], w.to, g.atColumn[w.first], g.atColumn[w.last], func(n int) { w.acrossLane = n })
		columns[w.last] = add(columns[w.last], w.to, y, end, func(n int) { w.lastLane = n })
	}
	for i, in := range columns {
		g.columnLanes[i] = pack(in)
	}
	for i, in := range rows {
		g.rowLanes[i] = pack(in)
	}
}

// pack puts short reaches into the first lanes, and as many as fit into each.
func pack(all []*reach) int {
	slices.SortStableFunc(all, func(a, b *reach) int { return cmp.Compare(a.high-a.low, b.high-b.low) })
	var lanes [][]*reach
	for _, r := range all {
		n := slices.IndexFunc(lanes, func(in []*reach) bool {
			return !slices.ContainsFunc(in, func(o *reach) bool { return r.low <= o.high && o.low <= r.high })
		})
		if n < 0 {
			lanes, n = append(lanes, nil), len(lanes)
		}
		lanes[n] = append(lanes[n], r)
		for _, assign := range r.assign {
			assign(n)
		}
	}
	return len(lanes)
}

// path is where a wire runs, corner by corner.
func (g *grid) path(w *wire) []point {
	begin := point{w.from.left, w.from.top + w.exit()}
	if w.outRight {
		begin.x += w.from.wide
	}
	end := point{w.to.left, w.to.top + w.to.entry(w.inRight)}
	if w.inRight {
		end.x += w.to.wide
	}
	x1 := lane(g.atColumn, g.columnLanes, w.first, w.firstLane)
	if w.across < 0 {
		return []point{begin, {x1, begin.y}, {x1, end.y}, end}
	}
	y, x2 := lane(g.atRow, g.rowLanes, w.across, w.acrossLane), lane(g.atColumn, g.columnLanes, w.last, w.lastLane)
	return []point{begin, {x1, begin.y}, {x1, y}, {x2, y}, {x2, end.y}, end}
}
