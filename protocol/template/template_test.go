package template_test

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

var update = flag.Bool("update", false, "write the canonical form of the templates")

func TestEveryTemplatePassesTheCheckerWithoutAWarning(t *testing.T) {
	t.Parallel()
	all := template.All()
	require.Len(t, all, 10)
	for _, tpl := range all {
		t.Run(tpl.Name, func(t *testing.T) {
			t.Parallel()
			g, err := protocol.Parse(tpl.Document)
			require.NoError(t, err)
			p, found := protocol.Compile(g)
			require.Empty(t, found)
			require.NotNil(t, p)
			require.Equal(t, protocol.Hash(g), p.Hash)
			require.NotEmpty(t, tpl.Title)
			require.NotEmpty(t, tpl.Description)
			require.NotEmpty(t, tpl.Reference)
			for _, q := range g.Parameters {
				require.NotEmpty(t, q.Label, q.Name)
				require.NotEmpty(t, q.Help, q.Name)
			}
		})
	}
}

func TestEveryTemplateIsInCanonicalForm(t *testing.T) {
	t.Parallel()
	for _, tpl := range template.All() {
		g, err := protocol.Parse(tpl.Document)
		require.NoError(t, err)
		canonical, err := g.Encode()
		require.NoError(t, err)
		if *update {
			require.NoError(t, os.WriteFile(tpl.Name+".json", canonical, 0o644))
			continue
		}
		require.Equal(t, string(canonical), string(tpl.Document), "run go test ./protocol/template -update")
	}
}

func TestAnUnknownTemplateNamesThoseThereAre(t *testing.T) {
	t.Parallel()
	_, err := template.Get("nothing")
	require.ErrorContains(t, err, "5csrtt, delay-discounting, fixed-ratio, go-no-go, home-cage, ibl-training, light-2afc, open-field, probabilistic-reversal, progressive-ratio")
	tpl, err := template.Get("5csrtt")
	require.NoError(t, err)
	require.Equal(t, "Five-choice serial reaction time task", tpl.Title)
}
