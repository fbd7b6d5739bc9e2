package server_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/store"
)

type savedVersion struct {
	Protocol struct {
		ID, Name     string
		LatestNumber int
		ArchivedAt   *string
	}
	Version struct {
		ID, Hash, Note string
		Number         int
		Document       struct{ Name string }
	}
}

const savedFields = `protocol { id name latestNumber archivedAt } version { id hash note number document }`

func (s *site) saved(document json.RawMessage, more ...map[string]any) savedVersion {
	s.t.Helper()
	in := map[string]any{"document": document}
	for _, m := range more {
		maps.Copy(in, m)
	}
	var got struct{ SaveProtocol savedVersion }
	s.ask(`mutation($in: SaveProtocolInput!) { saveProtocol(input: $in) { `+savedFields+` } }`, map[string]any{"in": in}).into(s.t, &got)
	return got.SaveProtocol
}

func TestAProtocolIsRenamedAndArchivedWithoutANewVersion(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.saved(lever(t))
	other := s.saved(lever(t), map[string]any{"name": "other"})
	update := func(in map[string]any) answer {
		in["id"] = v.Protocol.ID
		return s.ask(`mutation($in: UpdateProtocolInput!) { updateProtocol(input: $in) { protocol { name description latestNumber archivedAt } } }`, map[string]any{"in": in})
	}
	require.Contains(t, string(update(map[string]any{"name": "levers"}).Data), `"name":"levers","description"`)
	require.Equal(t, "CONFLICT", update(map[string]any{"name": other.Protocol.Name}).code())
	require.Equal(t, "name", update(map[string]any{"name": " "}).Errors[0].Extensions["field"])
	require.Empty(t, update(map[string]any{"archived": true}).Errors)
	list := func(filter string) string {
		return string(s.ask(`{ protocols`+filter+` { nodes { name latestNumber } } }`, nil).Data)
	}
	require.NotContains(t, list(""), "levers")
	require.Contains(t, list(`(filter: {archived: ONLY})`), `{"name":"levers","latestNumber":1}`)
	require.Empty(t, update(map[string]any{"archived": false}).Errors)
	require.Contains(t, list(""), "levers")

	again := s.saved(json.RawMessage(strings.Replace(string(lever(t)), `"1s"`, `"2s"`, 1)), map[string]any{"id": v.Protocol.ID})
	require.Equal(t, "levers", again.Protocol.Name, "it keeps its name")
	require.Equal(t, 2, again.Version.Number)
}

func TestAnOldVersionIsSavedAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	first := s.saved(lever(t), map[string]any{"note": "first"})
	second := s.saved(json.RawMessage(strings.Replace(string(lever(t)), `"1s"`, `"2s"`, 1)))
	restore := func(in map[string]any) answer {
		return s.ask(`mutation($in: RestoreVersionInput!) { restoreVersion(input: $in) { `+savedFields+` } }`, map[string]any{"in": in})
	}
	require.Equal(t, "CONFLICT", restore(map[string]any{"version": first.Version.ID, "expected": 1}).code())
	var got struct{ RestoreVersion savedVersion }
	restore(map[string]any{"version": first.Version.ID, "expected": 2}).into(t, &got)
	require.Equal(t, 3, got.RestoreVersion.Version.Number)
	require.Equal(t, first.Version.Hash, got.RestoreVersion.Version.Hash)
	require.Contains(t, got.RestoreVersion.Version.Note, "Version 1 again")
	restore(map[string]any{"version": first.Version.ID}).into(t, &got)
	require.Equal(t, 3, got.RestoreVersion.Version.Number, "it is the latest already")
	restore(map[string]any{"version": second.Version.ID, "note": "no"}).into(t, &got)
	require.Equal(t, "no", got.RestoreVersion.Version.Note)
	notes := s.ask(`{ protocolByName(name: "lever") { versions { nodes { number note createdBy } } } }`, nil)
	require.Contains(t, string(notes.Data), `{"number":4,"note":"no","createdBy":"administrator"}`)
	require.Equal(t, "NOT_FOUND", restore(map[string]any{"version": "x"}).code())
	audit, _, err := s.store.AuditEntries(t.Context(), s.user.Organisation, store.Page{First: 1})
	require.NoError(t, err)
	require.Equal(t, "restore_version", audit[0].Action)
}

func TestACopyHasANameOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	v := s.saved(lever(t))
	duplicate := func(in map[string]any) (savedVersion, answer) {
		in["version"] = v.Version.ID
		a := s.ask(`mutation($in: DuplicateProtocolInput!) { duplicateProtocol(input: $in) { `+savedFields+` } }`, map[string]any{"in": in})
		var got struct{ DuplicateProtocol savedVersion }
		if len(a.Errors) == 0 {
			a.into(t, &got)
		}
		return got.DuplicateProtocol, a
	}
	one, _ := duplicate(map[string]any{})
	two, _ := duplicate(map[string]any{})
	mine, _ := duplicate(map[string]any{"name": "mine"})
	require.Equal(t, "lever copy", one.Protocol.Name)
	require.Equal(t, "lever copy 2", two.Protocol.Name)
	require.Equal(t, "mine", mine.Version.Document.Name, "the document says so, too")
	require.Equal(t, "Copy of version 1 of lever.", mine.Version.Note)
	_, a := duplicate(map[string]any{"name": "mine"})
	require.Equal(t, "CONFLICT", a.code())
	require.Equal(t, "name", a.Errors[0].Extensions["field"])
}

func TestTemplatesHaveAPictureAndTheirParameters(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var got struct {
		Templates []struct {
			Name, Reference string
			Picture         struct {
				Width, Height float64
				Nodes         []struct {
					ID, Type, Label, Level, Parent string
					X, Y                           float64
				}
				Edges []struct{ Source, Target string }
			}
			Roles      []struct{ Name string }
			Parameters []struct{ Name, Unit string }
		}
	}
	s.ask(`{ templates { name reference picture { width height nodes { id type label level parent x y } edges { source target } }
		roles { name } parameters { name unit } } }`, nil).into(t, &got)
	require.NotEmpty(t, got.Templates)
	for _, tpl := range got.Templates {
		require.NotEmpty(t, tpl.Reference, tpl.Name)
		require.NotEmpty(t, tpl.Roles, tpl.Name)
		require.NotEmpty(t, tpl.Parameters, tpl.Name)
		require.Positive(t, tpl.Picture.Width*tpl.Picture.Height, tpl.Name)
		at := map[string]int{}
		for i, n := range tpl.Picture.Nodes {
			at[n.ID] = i
			if n.Parent != "" {
				require.Contains(t, at, n.Parent, "a container comes before what is in it")
			}
			if n.Type == "state" {
				require.Equal(t, "TASK", n.Level, n.ID)
			}
		}
		for _, e := range tpl.Picture.Edges {
			require.Contains(t, at, e.Source)
			require.Contains(t, at, e.Target)
		}
		if tpl.Name == "fixed-ratio" { // (40, 120) in a container at (160, 0)
			n := tpl.Picture.Nodes[at["respond"]]
			require.Equal(t, "Respond", n.Label)
			require.InDelta(t, 200, n.X, 0)
			require.InDelta(t, 120, n.Y, 0)
		}
	}
}
