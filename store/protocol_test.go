package store_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

func TestSavingTheSameDocumentMakesNoNewVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, v := w.protocol(t, "lever")
	require.Equal(t, 1, v.Number)
	require.Equal(t, `{"format":1, "x": 1.0}`, string(v.Document), "byte for byte")

	again, same, err := w.SaveProtocol(t.Context(), store.SaveProtocol{
		Organisation: w.org, ID: p.ID, Name: "lever press",
		Description: "new words", Document: v.Document, Hash: v.Hash,
	})
	require.NoError(t, err)
	require.Equal(t, v, same)
	require.Equal(t, "lever press", again.Name)
	require.Equal(t, 1, again.Latest)

	next, v2, err := w.SaveProtocol(t.Context(), store.SaveProtocol{
		Organisation: w.org, Name: "lever press",
		Document: json.RawMessage(`{}`), Hash: "other", Expected: new(1),
	})
	require.NoError(t, err)
	require.Equal(t, p.ID, next.ID, "found by name")
	require.Equal(t, 2, v2.Number)

	got, err := w.VersionByNumber(t.Context(), w.org, p.ID, 0)
	require.NoError(t, err)
	require.Equal(t, v2, got)
	got, err = w.Version(t.Context(), w.org, v.ID)
	require.NoError(t, err)
	require.Equal(t, v, got)
	vs, more, err := w.Versions(t.Context(), w.org, p.ID, store.Page{First: 1})
	require.NoError(t, err)
	require.True(t, more)
	vs2, more, err := w.Versions(t.Context(), w.org, p.ID, store.Page{First: 1, After: store.VersionCursor(vs[0])})
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, v, vs2[0])
}

func TestADrawingThatWasOnlyTidiedUpIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, v := w.protocol(t, "lever")
	save := func(document string) lab.ProtocolVersion {
		_, got, err := w.SaveProtocol(t.Context(), store.SaveProtocol{
			Organisation: w.org, ID: p.ID, Name: "lever", Document: json.RawMessage(document), Hash: v.Hash,
		})
		require.NoError(t, err)
		return got
	}
	tidied := save(`{"format":1, "x": 1.0, "notes": []}`)
	require.Equal(t, 2, tidied.Number)
	require.Equal(t, v.Hash, tidied.Hash, "data recorded with both belongs together")
	require.JSONEq(t, `{"format":1, "x": 1.0, "notes": []}`, string(tidied.Document))
	require.Equal(t, tidied, save(`{"notes": [], "x": 1.0, "format": 1}`), "written otherwise, and the same")
}

func TestTwoEditorsCannotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p, _ := w.protocol(t, "lever")
	var g errgroup.Group
	errs := make([]error, 4)
	for i := range errs {
		g.Go(func() error {
			_, _, errs[i] = w.SaveProtocol(t.Context(), store.SaveProtocol{
				Organisation: w.org, ID: p.ID, Name: "lever",
				Document: json.RawMessage(`{}`), Hash: fmt.Sprint(i), Expected: new(1),
			})
			return nil
		})
	}
	require.NoError(t, g.Wait())
	saved := 0
	for _, err := range errs {
		if err == nil {
			saved++
			continue
		}
		requireCode(t, lab.Conflict, err)
	}
	require.Equal(t, 1, saved)

	_, _, err := w.SaveProtocol(t.Context(), store.SaveProtocol{
		Organisation: w.org, Name: "lever",
		Document: json.RawMessage(`{}`), Hash: "new", Expected: new(0),
	})
	requireCode(t, lab.Conflict, err)
	_, _, err = w.SaveProtocol(t.Context(), store.SaveProtocol{Organisation: w.org, Document: json.RawMessage(`{}`), Hash: "h"})
	requireCode(t, lab.Invalid, err)
	other, _ := w.protocol(t, "other")
	_, _, err = w.SaveProtocol(t.Context(), store.SaveProtocol{
		Organisation: w.org, ID: other.ID, Name: "lever",
		Document: json.RawMessage(`{}`), Hash: "h",
	})
	requireCode(t, lab.Conflict, err)
}

func TestAProtocolVersionCannotBeChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.protocol(t, "lever")
	c := w.connect(t)
	for _, sql := range []string{`UPDATE protocol_version SET document = '{}'`, `DELETE FROM protocol_version`, `TRUNCATE protocol_version CASCADE`} {
		_, err := c.Exec(t.Context(), sql)
		require.ErrorContains(t, err, "immutable")
	}
}

func TestListsAreReadPageByPageInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"b", "d", "a", "c", "100%"} {
		w.protocol(t, name)
	}
	var names []string
	page := store.Page{First: 2}
	for more := true; more; {
		var ps []lab.Protocol
		var err error
		ps, more, err = w.Protocols(t.Context(), w.org, store.ProtocolFilter{}, page)
		require.NoError(t, err)
		for _, p := range ps {
			names = append(names, p.Name)
			page.After = store.ProtocolCursor(p)
		}
	}
	require.Equal(t, []string{"100%", "a", "b", "c", "d"}, names)
	ps, _, err := w.Protocols(t.Context(), w.org, store.ProtocolFilter{Search: "%"}, store.Page{})
	require.NoError(t, err)
	require.Len(t, ps, 1, "a wildcard is a letter like any other")

	_, err = w.Protocol(t.Context(), w.org, "nonsense")
	requireCode(t, lab.NotFound, err)
	_, err = w.Protocol(t.Context(), uuid.NewString(), ps[0].ID)
	requireCode(t, lab.NotFound, err)
	got, err := w.ProtocolByName(t.Context(), w.org, "a")
	require.NoError(t, err)
	require.Equal(t, "a", got.Name)
}
