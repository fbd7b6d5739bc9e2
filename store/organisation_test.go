package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/store"
)

func TestMigrationsRunOnceWhenProcessesStartTogether(t *testing.T) {
	t.Parallel()
	dsn := licstest.Postgres(t)
	var g errgroup.Group
	for range 3 {
		g.Go(func() error { return store.Migrate(t.Context(), dsn) })
	}
	require.NoError(t, g.Wait())

	s, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(s.Close)
	ids := make([]string, 4)
	for i := range ids {
		g.Go(func() error {
			org, user, err := s.EnsureOrganisation(t.Context())
			ids[i] = org.ID + user.ID
			return err
		})
	}
	require.NoError(t, g.Wait())
	for _, id := range ids {
		require.Equal(t, ids[0], id, "all processes see one lab and one administrator")
	}
	info, err := s.DatabaseInfo(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, info.Version)
	migrations, err := os.ReadDir("migration")
	require.NoError(t, err)
	require.EqualValues(t, len(migrations), info.Schema)
}

func TestANewTokenReplacesTheOldOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hash := func(s string) string { h := sha256.Sum256([]byte(s)); return hex.EncodeToString(h[:]) }

	require.NoError(t, w.SetAdministratorToken(t.Context(), hash("one")))
	require.NoError(t, w.SetAdministratorToken(t.Context(), hash("two")))
	require.NoError(t, w.SetAdministratorToken(t.Context(), hash("two")))
	user, err := w.UserByToken(t.Context(), hash("two"))
	require.NoError(t, err)
	require.Equal(t, "administrator", user.Role)
	require.Equal(t, w.org, user.Organisation)
	_, err = w.UserByToken(t.Context(), hash("one"))
	requireCode(t, lab.Unauthenticated, err)
	requireCode(t, lab.Invalid, w.SetAdministratorToken(t.Context(), "the token itself"))
}

func TestADatabaseThatIsDownIsUnavailable(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{"host=/nowhere dbname=x", "postgres://lics@127.0.0.1:1/lics?sslmode=disable"} {
		_, err := store.Open(t.Context(), dsn)
		requireCode(t, lab.Unavailable, err)
		requireCode(t, lab.Unavailable, store.Migrate(t.Context(), dsn))
	}
	_, err := store.Open(t.Context(), "postgres://%zz")
	requireCode(t, lab.Invalid, err)
}

func TestTheAuditIsReadNewestFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, action := range []string{"a", "b", "c"} {
		require.NoError(t, w.Audit(t.Context(), lab.AuditEntry{Organisation: w.org, Actor: "ada", Action: action}))
	}
	es, more, err := w.AuditEntries(t.Context(), w.org, store.Page{First: 2})
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, "c", es[0].Action)
	es, more, err = w.AuditEntries(t.Context(), w.org, store.Page{First: 2, After: store.AuditCursor(es[1])})
	require.NoError(t, err)
	require.False(t, more)
	require.Len(t, es, 1)
	require.Equal(t, "a", es[0].Action)
	_, _, err = w.AuditEntries(t.Context(), w.org, store.Page{After: store.RunCursor(lab.Run{})})
	requireCode(t, lab.Invalid, err)
}
