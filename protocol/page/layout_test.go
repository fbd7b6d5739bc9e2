package page

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

// drawn are the templates and every protocol of the checker's tests.
func drawn(t *testing.T) map[string]*protocol.Graph {
	t.Helper()
	all := map[string]*protocol.Graph{}
	for _, tpl := range template.All() {
		g, err := protocol.Parse(tpl.Document)
		require.NoError(t, err)
		all[tpl.Name] = g
	}
	for _, pattern := range []string{"../testdata/*.json", "../testdata/*/*.json"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			if g, err := protocol.Parse(raw); err == nil {
				all[file] = g
			}
		}
	}
	require.Greater(t, len(all), 50)
	return all
}

func TestAPictureIsAlwaysTheSameAndWellFormed(t *testing.T) {
	t.Parallel()
	for name, g := range drawn(t) {
		svg := Picture(g)
		require.Equal(t, string(svg), string(Picture(g)), name)
		d := xml.NewDecoder(strings.NewReader(string(svg)))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, name)
		}
	}
}

func TestNoCardLiesOnAnother(t *testing.T) {
	t.Parallel()
	for name, g := range drawn(t) {
		for _, s := range sections(g) {
			q := newGrid(s)
			for i, a := range q.cards {
				require.LessOrEqual(t, a.left+a.wide, q.wide+0.1, "%s: %s", name, a.id)
				require.LessOrEqual(t, a.top+a.tall, q.tall+0.1, "%s: %s", name, a.id)
				for _, b := range q.cards[:i] {
					apart := a.left+a.wide <= b.left || b.left+b.wide <= a.left || a.top+a.tall <= b.top || b.top+b.tall <= a.top
					require.True(t, apart, "%s: %s and %s", name, a.id, b.id)
				}
			}
		}
	}
}

func TestNoWireRunsThroughACard(t *testing.T) {
	t.Parallel()
	for name, g := range drawn(t) {
		for _, s := range sections(g) {
			q := newGrid(s)
			for _, w := range q.wires {
				for i, p := range q.path(w)[1:] {
					from := q.path(w)[i]
					for _, c := range q.cards {
						through := max(from.x, p.x) > c.left+1 && min(from.x, p.x) < c.left+c.wide-1 &&
							max(from.y, p.y) > c.top+1 && min(from.y, p.y) < c.top+c.tall-1
						require.False(t, through, "%s: %s to %s runs through %s", name, w.from.id, w.to.id, c.id)
					}
				}
			}
		}
	}
}

// Wires to one card run together; others may only cross.
func TestWiresToDifferentCardsNeverRunUponEachOther(t *testing.T) {
	t.Parallel()
	const near = 2
	for _, tpl := range template.All() {
		g, err := protocol.Parse(tpl.Document)
		require.NoError(t, err)
		for _, s := range sections(g) {
			q := newGrid(s)
			for i, w := range q.wires {
				for _, o := range q.wires[:i] {
					if o.to == w.to {
						continue
					}
					a, b := q.path(w), q.path(o)
					for k := range a[1:] {
						for m := range b[1:] {
							require.False(t, upon(a[k], a[k+1], b[m], b[m+1], near), "%s: %s to %s upon %s to %s", tpl.Name, w.from.id, w.to.id, o.from.id, o.to.id)
						}
					}
				}
			}
		}
	}
}

// upon says whether two pieces run along each other for a while.
func upon(a, b, c, d point, near float64) bool {
	along := func(a1, a2, b1, b2 float64) bool {
		return min(max(a1, a2), max(b1, b2))-max(min(a1, a2), min(b1, b2)) > near
	}
	switch {
	case a.y == b.y && c.y == d.y:
		return math.Abs(a.y-c.y) < near && along(a.x, b.x, c.x, d.x)
	case a.x == b.x && c.x == d.x:
		return math.Abs(a.x-c.x) < near && along(a.y, b.y, c.y, d.y)
	}
	return false
}

func TestLongTextsAreBrokenAndNothingOfThemIsLost(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"a bc", "defgh", "ijk"}, wrap("a bc defghijk", 5))
	require.Empty(t, wrap("  ", 5))
	require.Equal(t, []string{"µµµ", "µ b"}, wrap("µµµµ b", 3))
}
