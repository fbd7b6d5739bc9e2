package objects_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/licstest"
	"github.com/lics-lab/lics/objects"
)

func open(t *testing.T, o *licstest.ObjectStore, change ...func(*objects.Config)) *objects.Store {
	t.Helper()
	cfg := objects.Config{URL: o.URL, Access: o.Access, Secret: o.Secret, Bucket: o.Bucket}
	for _, f := range change {
		f(&cfg)
	}
	s, err := objects.New(cfg)
	require.NoError(t, err)
	return s
}

func TestAFileIsStoredWholeAndReadFromAnywhere(t *testing.T) {
	t.Parallel()
	s := open(t, licstest.S3(t))
	const key = "runs/1/m1.csv"
	require.NoError(t, s.Ping(t.Context()), "a bucket that is not there yet is no failure")
	_, err := s.Open(t.Context(), key)
	require.Equal(t, lab.NotFound, lab.CodeOf(err))
	for _, content := range [][]byte{[]byte("time_s,kind\n"), {}, bytes.Repeat([]byte("a row\n"), 4<<20)} {
		r := bytes.NewReader(content)
		require.NoError(t, s.Put(t.Context(), key, "text/csv", r.Size(), r))
		o, err := s.Open(t.Context(), key)
		require.NoError(t, err)
		got, err := io.ReadAll(o)
		require.NoError(t, err)
		require.True(t, bytes.Equal(content, got))
		_, err = o.Seek(int64(len(content)/2), io.SeekStart)
		require.NoError(t, err)
		half, err := io.ReadAll(o)
		require.NoError(t, err)
		require.Len(t, half, len(content)-len(content)/2)
		require.NoError(t, o.Close())
	}
}

func TestNoErrorOfTheObjectStoreHoldsASecret(t *testing.T) {
	t.Parallel()
	gateway := licstest.S3(t)
	put := func(ctx context.Context, s *objects.Store) error {
		return s.Put(ctx, "k", "", 1, strings.NewReader("x"))
	}

	err := put(t.Context(), open(t, gateway, func(c *objects.Config) { c.Secret = "another-secret" }))
	require.Equal(t, lab.Unavailable, lab.CodeOf(err))
	require.ErrorContains(t, err, "refuses our key (SignatureDoesNotMatch)")
	err = put(t.Context(), open(t, gateway, func(c *objects.Config) { c.Access = "another-key" }))
	require.ErrorContains(t, err, "refuses our key (XAdminUserNotFound)")
	require.NotContains(t, err.Error(), "another-key")

	s := open(t, gateway)
	gateway.Stop()
	err = put(t.Context(), s)
	require.Equal(t, lab.Unavailable, lab.CodeOf(err))
	require.ErrorContains(t, err, "does not answer: ")
	require.NotContains(t, err.Error(), gateway.Access)
	require.NotContains(t, err.Error(), gateway.Secret)
	gateway.Start()
	require.NoError(t, put(t.Context(), s))

	over, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, put(over, s), context.Canceled)

	for _, url := range []string{"", "localhost:9000", "http://key:hidden@host:9000", "http://host:9000/bucket", "ftp://host"} {
		_, err := objects.New(objects.Config{URL: url})
		require.Equal(t, lab.Invalid, lab.CodeOf(err), url)
		require.NotContains(t, err.Error(), "hidden")
	}
}
