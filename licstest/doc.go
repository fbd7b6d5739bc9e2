// Package licstest gives tests the real things: a database of their own on a real
// PostgreSQL, a real MQTT broker, a real Temporal server with a namespace of
// their own. PostgreSQL and Temporal are started once for each test binary, when
// a test first asks, and end with it; no TestMain is needed.
//
// The package hands out plain addresses and knows nothing of the packages under
// test, so that each of them can use it.
package licstest

import (
	"crypto/rand"
	"encoding/hex"
	"time"

	"go.uber.org/goleak"
)

// startWithin bounds the start of a shared part; the first one ever may have to
// build lics-standalone.
const startWithin = 9 * time.Minute

// unique is a short name that no other test has.
func unique() string {
	b := make([]byte, 6)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// Leaks are the goroutines of the shared parts, which outlive the tests: give
// them to goleak.
func Leaks() []goleak.Option {
	return []goleak.Option{
		goleak.IgnoreAnyFunction("github.com/lics-lab/lics/local.(*child).keepAlive"),
		goleak.IgnoreAnyFunction("github.com/lics-lab/lics/local.startProcess.func2"),
		goleak.IgnoreAnyFunction("os/exec.(*Cmd).Start.func2"),
		// paho waits out its write timeout when a connection ends under it.
		goleak.IgnoreAnyFunction("github.com/eclipse/paho%2emqtt%2egolang.(*client).Publish"),
	}
}
