// Package mqtt is the connection to the broker that the server and the agents
// share: a client that reconnects for ever, and a Commander that speaks the
// commands and replies of package wire over it.
//
// The broker is trusted with nothing. It may be killed and forget everything;
// what has to arrive is asked for again (Commander.Do) or kept until it is
// acknowledged (the agent's outbox).
//
// # Why not paho's own reconnect
//
// After an automatic reconnect paho completes publish tokens without an error
// although nothing was delivered, and a client that was disconnected must not
// be used again. So each connection here is a new paho client that does not
// reconnect: when it is lost, every waiting Publish fails, and the loop in
// Client makes the next one and subscribes again.
package mqtt
