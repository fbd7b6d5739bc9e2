package page

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/node"
)

// style is that of light and of dark pages. The picture has a ground of its
// own, so it can be read whatever it is laid upon.
const style = `
.ground{fill:#fff}.frame{fill:#f8f9fb;stroke:#d5dae1}.card{stroke-width:1.2}
.session{fill:#eef2ff;stroke:#5c7cfa}.task{fill:#e9f8f0;stroke:#2f9e6a}.terminal{fill:#fff0ef;stroke:#d9534f}
.wire{fill:none;stroke:#5b6675;stroke-width:1.4}.tip,.begin{fill:#5b6675}.cut{stroke:#9aa5b1;stroke-opacity:.45}.port{fill:#fff;stroke:#5b6675;stroke-width:1.4}
text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;font-size:11px;fill:#1f2933}
.h{font-size:15px;font-weight:600}.t{font-size:13px;font-weight:600}.k,.s{fill:#5b6675}.k{font-size:10px}.l{font-weight:600}
.a,.e,.g,.st{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:10.5px}
.a,.g,.st{fill:#5b6675}.o{fill:#9c36b5;font-weight:600}.badge{fill:#f59f00}.bt{fill:#2b1d00;font-size:9px;font-weight:600;text-anchor:middle}
@media (prefers-color-scheme:dark){
.ground{fill:#0d1117}.frame{fill:#141a22;stroke:#2d3641}
.session{fill:#1b2440;stroke:#748ffc}.task{fill:#12291f;stroke:#40c084}.terminal{fill:#331a1a;stroke:#ff8b85}
.wire{stroke:#9aa7b6}.tip,.begin{fill:#9aa7b6}.port{fill:#0d1117;stroke:#9aa7b6}.cut{stroke:#9aa5b1;stroke-opacity:.35}
text{fill:#e6edf3}.k,.s,.a,.g,.st{fill:#9fb0c1}.o{fill:#da9cf0}.bt{fill:#2b1d00}}
`

const (
	sectionGap = 22.0
	headTall   = 26.0
	aboutLine  = 15.0
	legendTall = 34.0
)

// Picture draws a graph as SVG: the session level, and below it the inside of
// each task and loop. The same graph gives the same bytes.
func Picture(g *protocol.Graph) []byte {
	var grids []*grid
	wide, tall := 0.0, sectionGap
	for _, s := range sections(g) {
		if len(s.cards) == 0 {
			continue
		}
		q := newGrid(s)
		grids = append(grids, q)
		wide = max(wide, q.wide+2*framePad, float64(len(s.about))*wideLetter*0.8, 420)
		tall += q.height() + sectionGap
	}
	p := &pen{}
	full := wide + 2*sectionGap
	p.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img">`, n(full), n(tall+legendTall), n(full), n(tall+legendTall))
	p.put(`<title>%s</title><style>%s</style>`, escaped(g.Name), style)
	p.put(`<rect class="ground" width="%s" height="%s" rx="10"/>`, n(full), n(tall+legendTall))
	y := sectionGap
	for _, q := range grids {
		p.section(q, sectionGap, y, wide)
		y += q.height() + sectionGap
	}
	p.legend(sectionGap, y)
	p.put(`</svg>`)
	return []byte(p.b.String())
}

func (g *grid) height() float64 {
	return framePad + headTall + aboutLine + g.tall + framePad
}

// pen writes SVG; what is drawn in a frame is moved there.
type pen struct {
	b    strings.Builder
	x, y float64
}

func (p *pen) put(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

func n(v float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Round(v*10)/10), ".0")
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder takes everything
	return b.String()
}

func (p *pen) text(class string, x, y float64, s string) {
	p.put(`<text class="%s" x="%s" y="%s">%s</text>`, class, n(p.x+x), n(p.y+y), escaped(s))
}

func (p *pen) section(g *grid, x, y, wide float64) {
	p.x, p.y = x, y
	p.put(`<rect class="frame" x="%s" y="%s" width="%s" height="%s" rx="8"/>`, n(x), n(y), n(wide), n(g.height()))
	p.text("h", framePad, framePad+10, g.title)
	p.text("s", framePad, framePad+headTall, g.about)
	at := framePad + headTall + aboutLine
	p.x, p.y = x+framePad+(wide-2*framePad-g.wide)/2, y+at
	for _, w := range g.wires {
		p.wire(g.path(w))
	}
	for _, c := range g.cards {
		p.card(c)
	}
	if c := g.enters; c != nil {
		cx, top := p.x+c.left+18, p.y+c.top
		p.put(`<circle class="begin" cx="%s" cy="%s" r="4.5"/><path class="wire" d="M%s %sV%s"/>`, n(cx), n(top-15), n(cx), n(top-15), n(top-6))
		p.tip(point{c.left + 18, c.top}, 0, 1)
	}
	p.x, p.y = 0, 0
}

func (p *pen) card(c *card) {
	class, round := "session", 6.0
	if c.level == node.Task {
		class = "task"
	}
	if c.terminal {
		class, round = "terminal", min(c.tall/2, 22)
	}
	p.put(`<rect class="card %s" x="%s" y="%s" width="%s" height="%s" rx="%s"/>`, class, n(p.x+c.left), n(p.y+c.top), n(c.wide), n(c.tall), n(round))
	x, y := c.left+pad, c.top+pad
	if c.terminal {
		x += 4
	}
	if c.kind != "" {
		p.text(classKind, x, y+8, c.kind)
		y += kindLine
	}
	if c.trial {
		p.put(`<rect class="badge" x="%s" y="%s" width="28" height="13" rx="6.5"/>`, n(p.x+c.left+c.wide-36), n(p.y+y+2))
		p.text("bt", c.left+c.wide-22, y+11.5, "trial")
	}
	for _, s := range wrap(c.title, widest) {
		p.text(classTitle, x, y+13, s)
		y += titleLine
	}
	for _, l := range c.about {
		p.text(l.class, x, y+11, l.text)
		y += textLine
	}
	for _, r := range c.rows {
		if len(r.lines) == 0 {
			continue
		}
		y += rowGap
		p.put(`<path class="cut" d="M%s %sH%s"/>`, n(p.x+c.left+1), n(p.y+y-rowGap/2), n(p.x+c.left+c.wide-1))
		for _, l := range r.lines {
			p.text(l.class, x, y+11, l.text)
			y += textLine
		}
	}
}

// wire draws a path with round corners, a point where it begins and a tip
// where it ends.
func (p *pen) wire(path []point) {
	var d strings.Builder
	fmt.Fprintf(&d, "M%s %s", n(p.x+path[0].x), n(p.y+path[0].y))
	end := path[len(path)-1]
	dx := 1.0
	if before := path[len(path)-2]; before.x > end.x {
		dx = -1
	}
	for i := 1; i < len(path)-1; i++ {
		a, b, c := path[i-1], path[i], path[i+1]
		r := min(6, distance(a, b)/2, distance(b, c)/2)
		in, out := toward(b, a, r), toward(b, c, r)
		fmt.Fprintf(&d, "L%s %sQ%s %s %s %s", n(p.x+in.x), n(p.y+in.y), n(p.x+b.x), n(p.y+b.y), n(p.x+out.x), n(p.y+out.y))
	}
	fmt.Fprintf(&d, "L%s %s", n(p.x+end.x-6*dx), n(p.y+end.y))
	p.put(`<path class="wire" d="%s"/><circle class="port" cx="%s" cy="%s" r="2.6"/>`, d.String(), n(p.x+path[0].x), n(p.y+path[0].y))
	p.tip(end, dx, 0)
}

// tip is an arrow head that ends at a point, in a direction.
func (p *pen) tip(at point, dx, dy float64) {
	x, y := p.x+at.x, p.y+at.y
	p.put(`<path class="tip" d="M%s %sL%s %sL%s %sZ"/>`, n(x), n(y), n(x-8*dx-4*dy), n(y-8*dy-4*dx), n(x-8*dx+4*dy), n(y-8*dy+4*dx))
}

func distance(a, b point) float64 { return math.Abs(a.x-b.x) + math.Abs(a.y-b.y) }

// toward is the point that lies so far from a on the way to b.
func toward(a, b point, far float64) point {
	d := distance(a, b)
	if d == 0 {
		return a
	}
	return point{a.x + (b.x-a.x)*far/d, a.y + (b.y-a.y)*far/d}
}

func (p *pen) legend(x, y float64) {
	for _, l := range []struct{ class, text string }{{"session", "session level"}, {"task", "on the device"}, {"terminal", "an end"}} {
		p.put(`<rect class="card %s" x="%s" y="%s" width="18" height="12" rx="3"/>`, l.class, n(x), n(y))
		p.text("s", x+24, y+10, l.text)
		x += 42 + float64(len(l.text))*5.8
	}
	p.text("s", x, y+10, "↺ answered without leaving   ◆ outcome of the trial")
}
