package local

import (
	"bytes"
	"crypto/subtle"
	"fmt"
	"strings"

	mochi "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/packets"

	"github.com/lics-lab/lics/wire"
)

// gate decides who may connect and which topics they may use.
type gate struct {
	mochi.HookBase
	server    *mochi.Server
	root      string
	passwords map[string]string
	anonymous bool
	open      bool
}

func newGate(server *mochi.Server, cfg BrokerConfig) (*gate, error) {
	g := &gate{server: server, root: cfg.ServerUser, passwords: map[string]string{}, anonymous: cfg.Anonymous, open: cfg.Open}
	for id, password := range cfg.Devices {
		if !wire.ValidDevice(id) {
			return nil, fmt.Errorf("%q cannot be a device id", id)
		}
		if id == cfg.ServerUser {
			return nil, fmt.Errorf("device %s has the name of the server account", id)
		}
		g.passwords[id] = password
	}
	if cfg.ServerPassword == "" && !cfg.Open {
		return nil, fmt.Errorf("the server account %s has no password", cfg.ServerUser)
	}
	g.passwords[cfg.ServerUser] = cfg.ServerPassword
	return g, nil
}

// ID names the hook.
func (g *gate) ID() string { return "gate" }

// Provides lists the questions this hook answers.
func (g *gate) Provides(b byte) bool {
	return b == mochi.OnConnectAuthenticate || b == mochi.OnACLCheck
}

// OnConnectAuthenticate decides about a connection.
func (g *gate) OnConnectAuthenticate(cl *mochi.Client, pk packets.Packet) bool {
	if g.open {
		return true
	}
	user := string(pk.Connect.Username)
	if !g.knows(user, pk.Connect.Password) {
		g.Log.Warn("refused: wrong user name or password", "user", user, "client", cl.ID, "remote", cl.Net.Remote)
		return false
	}
	// A client takes over the session, and with it the subscriptions, of the
	// client with its id. Nobody but the server may do so to another account.
	if old, ok := g.server.Clients.Get(cl.ID); ok && user != g.root && !bytes.Equal(old.Properties.Username, pk.Connect.Username) {
		g.Log.Warn("refused: client id of another account", "user", user, "client", cl.ID, "remote", cl.Net.Remote)
		return false
	}
	// The broker publishes a last will without asking again.
	if pk.Connect.WillFlag && !g.allows(user, pk.Connect.WillTopic, true) {
		g.Log.Warn("refused: last will on a foreign topic", "user", user, "client", cl.ID, "topic", pk.Connect.WillTopic)
		return false
	}
	return true
}

func (g *gate) knows(user string, password []byte) bool {
	if user == "" {
		return g.anonymous
	}
	want, ok := g.passwords[user]
	return ok && subtle.ConstantTimeCompare([]byte(want), password) == 1
}

// OnACLCheck decides about publishing to a topic, or subscribing to a filter.
func (g *gate) OnACLCheck(cl *mochi.Client, topic string, write bool) bool {
	user := string(cl.Properties.Username)
	if g.open || g.allows(user, topic, write) {
		return true
	}
	g.Log.Warn("refused: foreign topic", "user", user, "client", cl.ID, "topic", topic, "write", write)
	return false
}

// allows works on filters too, because the part it compares has no wildcards.
func (g *gate) allows(user, topic string, write bool) bool {
	own := wire.Topic(user, "")
	switch user {
	case g.root:
		return true
	case "":
		own = strings.TrimSuffix(wire.AnyDevice(""), "+/")
	}
	return strings.HasPrefix(topic, own) || !write && topic == wire.HaltAll
}
