package main

import (
	"context"
	"encoding/json"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/wire"
)

// answering starts a device that answers every command at once and does
// nothing: what is left is the way there and back.
func (b *bench) answering(ctx context.Context, id string) error {
	url, err := b.brokerURL(ctx)
	if err != nil {
		return err
	}
	c, err := b.connect(ctx, url)
	if err != nil {
		return err
	}
	if err := c.Subscribe(wire.Topic(id, wire.TopicCommand), func(_ string, payload []byte) { answer(c, id, payload) }); err != nil {
		return err
	}
	status, err := wire.EncodeStatus(wire.Status{Device: id, Online: true, Boot: "bench", Simulated: true})
	if err != nil {
		return err
	}
	return c.Publish(ctx, wire.Topic(id, wire.TopicStatus), 1, true, status)
}

func answer(c *mqtt.Client, id string, payload []byte) {
	cmd, err := wire.DecodeCommand(payload)
	if err != nil {
		return
	}
	reply, err := wire.EncodeReply(wire.Reply{
		Command: cmd.ID, Run: cmd.Run, Device: id, Boot: "bench", State: wire.Done, Result: json.RawMessage(`{}`),
	})
	if err != nil {
		return
	}
	// The reply counts, not the broker's word that it has it.
	go func() { _ = c.Publish(context.Background(), wire.Topic(id, wire.TopicReply), 1, false, reply) }() //nolint:forbidigo // ends with the connection
}
