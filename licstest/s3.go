package licstest

import (
	"context"
	"testing"

	"github.com/lics-lab/lics/local"
)

// ObjectStore is a real S3 gateway of the test's own, which ends with it.
type ObjectStore struct {
	URL, Access, Secret string
	// Bucket is not there yet.
	Bucket string
	// Stop ends the gateway; Start starts it again at the same address, with
	// what it had.
	Stop, Start func()
}

// S3 starts an S3 gateway.
func S3(t testing.TB) *ObjectStore {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startWithin)
	defer cancel()
	program, err := Standalone(ctx)
	if err != nil {
		t.Fatal(err)
	}
	o := &ObjectStore{Access: "lics-access", Secret: "lics-secret-" + unique(), Bucket: "test-" + unique()}
	cfg := local.S3Config{Standalone: program, Dir: t.TempDir(), Access: o.Access, Secret: o.Secret}
	var running *local.S3
	o.Start = func() {
		s, err := local.StartS3(context.WithoutCancel(t.Context()), cfg)
		if err != nil {
			t.Error(err)
			return
		}
		running, cfg.Addr, o.URL = s, s.Addr(), "http://"+s.Addr()
	}
	o.Stop = func() {
		if running != nil {
			_ = running.Stop()
		}
		running = nil
	}
	o.Start()
	t.Cleanup(func() { o.Stop() })
	return o
}
