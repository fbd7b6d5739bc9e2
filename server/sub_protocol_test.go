package server_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAProtocolUsesASavedVersionByIDOrHash(t *testing.T) {
	t.Parallel()
	s := ready(t)
	raw, err := os.ReadFile("../protocol/testdata/library/warm-up.json")
	require.NoError(t, err)
	var saved struct {
		SaveProtocol struct{ Version struct{ ID, Hash string } }
	}
	s.ask(`mutation($in: SaveProtocolInput!) { saveProtocol(input: $in) { version { id hash } } }`,
		map[string]any{"in": map[string]any{"document": json.RawMessage(raw)}}).into(t, &saved)
	v := saved.SaveProtocol.Version
	require.NotEmpty(t, v.Hash)
	outer, err := os.ReadFile("../protocol/testdata/library/nested.json")
	require.NoError(t, err)
	for ref, ok := range map[string]bool{v.ID: true, v.Hash: true, "warm-up": false} {
		var got struct {
			CheckProtocol struct {
				Ok          bool
				Diagnostics []struct{ Code, Message string }
			}
		}
		s.ask(`query($in: CheckProtocolInput!) { checkProtocol(input: $in) { ok diagnostics { code message } } }`, map[string]any{"in": map[string]any{
			"document": json.RawMessage(strings.ReplaceAll(string(outer), `"version": "warm-up"`, `"version": "`+ref+`"`)),
		}}).into(t, &got)
		require.Equal(t, ok, got.CheckProtocol.Ok, "%s: %v", ref, got.CheckProtocol.Diagnostics)
		if !ok {
			require.Equal(t, "unknown-protocol", got.CheckProtocol.Diagnostics[0].Code)
		}
	}
}
