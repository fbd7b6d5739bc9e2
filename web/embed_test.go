package web_test

import (
	"io/fs"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/web"
)

func TestThePageFindsWhatItNamesInTheProgram(t *testing.T) {
	t.Parallel()
	files := web.Files()
	page, err := fs.ReadFile(files, "index.html")
	require.NoError(t, err)
	require.Contains(t, string(page), "<title>LICS</title>")
	require.NotRegexp(t, `<script[^>]*>[^<]`, string(page), "the content policy has no place for a script in the page")
	for _, name := range regexp.MustCompile(`(?:src|href)="/([^"]+)"`).FindAllStringSubmatch(string(page), -1) {
		if name[1] == "schema.graphql" {
			continue // a route of the server
		}
		info, err := fs.Stat(files, name[1])
		require.NoError(t, err)
		require.Positive(t, info.Size(), name[1])
	}
}
