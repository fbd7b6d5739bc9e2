package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/rogpeppe/go-internal/testscript"
)

// bucket DIR looks with a client of its own into the bucket: what it holds of
// the run are the files of the folder, byte by byte, and nothing else.
func bucket(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	want := map[string]string{}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(ts.MkAbs(args[0]), e.Name()))
		ts.Check(err)
		want[e.Name()] = sum(raw)
	}
	got := w.objects(ts)
	if len(want) == 0 || !maps.Equal(want, got) {
		ts.Fatalf("the bucket has %v, the folder %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// objects are the hashes of what the bucket has of the run, by name.
func (w *world) objects(ts *testscript.TestScript) map[string]string {
	raw, err := os.ReadFile(filepath.Join(w.dir, "secrets.json"))
	ts.Check(err)
	var keys struct {
		Access string `json:"s3_access"`
		Secret string `json:"s3_secret"`
	}
	ts.Check(json.Unmarshal(raw, &keys))
	u, err := url.Parse(w.ready.S3)
	ts.Check(err)
	c, err := minio.New(u.Host, &minio.Options{Creds: credentials.NewStaticV4(keys.Access, keys.Secret, "")})
	ts.Check(err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	found := map[string]string{}
	for o := range c.ListObjects(ctx, "lics", minio.ListObjectsOptions{Prefix: "runs/" + w.run + "/", Recursive: true}) {
		ts.Check(o.Err)
		r, err := c.GetObject(ctx, "lics", o.Key, minio.GetObjectOptions{})
		ts.Check(err)
		content, err := io.ReadAll(r)
		ts.Check(err)
		found[path.Base(o.Key)] = sum(content)
	}
	return found
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
