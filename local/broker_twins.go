package local

import (
	"errors"
	"sync"
	"time"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"
)

// twins ends connections that the broker has forgotten.
//
// A client whose link was frozen leaves connections behind, and when the link
// is back the broker meets several with one client id at the same moment. The
// library registers them by their id without a lock from the look at the old
// one to the entry of the new one: the client that is really there can lose its
// entry to one that is long gone. Its connection stays open and answers pings,
// but no message reaches it any more. Such a connection is ended here; its
// client comes back at once and subscribes again.
type twins struct {
	mochi.HookBase
	server  *mochi.Server
	started bool
	quit    chan struct{}
	done    chan struct{}

	mu   sync.Mutex
	live map[*mochi.Client]struct{}
}

// lookForTwins is how long a connection can be deaf.
const lookForTwins = 500 * time.Millisecond

var errForgotten = errors.New("another connection of this client took its place")

func watchTwins(server *mochi.Server) *twins {
	return &twins{server: server, quit: make(chan struct{}), done: make(chan struct{}), live: map[*mochi.Client]struct{}{}}
}

// ID names the hook.
func (w *twins) ID() string { return "twins" }

// Provides lists the events this hook takes part in.
func (w *twins) Provides(b byte) bool {
	return b == mochi.OnStarted || b == mochi.OnSessionEstablished || b == mochi.OnDisconnect
}

// OnStarted begins to look: a broker that cannot listen leaves nothing behind.
func (w *twins) OnStarted() {
	w.started = true
	go w.run()
}

// OnSessionEstablished notes a connection.
func (w *twins) OnSessionEstablished(cl *mochi.Client, _ packets.Packet) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.live[cl] = struct{}{}
}

// OnDisconnect forgets it.
func (w *twins) OnDisconnect(cl *mochi.Client, _ error, _ bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.live, cl)
}

// Stop is called by the broker's end.
func (w *twins) Stop() error {
	if w.started {
		close(w.quit)
		<-w.done
	}
	return nil
}

func (w *twins) run() {
	defer close(w.done)
	tick := time.NewTicker(lookForTwins)
	defer tick.Stop()
	for {
		select {
		case <-w.quit:
			return
		case <-tick.C:
		}
		for _, cl := range w.forgotten() {
			w.Log.Info("connection ended: another one of the same client took its place", "client", cl.ID, "remote", cl.Net.Remote)
			cl.Stop(errForgotten)
		}
	}
}

func (w *twins) forgotten() []*mochi.Client {
	w.mu.Lock()
	defer w.mu.Unlock()
	var deaf []*mochi.Client
	for cl := range w.live {
		if now, ok := w.server.Clients.Get(cl.ID); !ok || now != cl {
			deaf = append(deaf, cl)
		}
	}
	return deaf
}
