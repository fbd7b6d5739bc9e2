package ingest

import (
	"context"
	"encoding/json"

	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

func (i *Ingest) readBatch(device string, payload []byte) (wire.EventBatch, bool) {
	var b wire.EventBatch
	if err := json.Unmarshal(payload, &b); err != nil {
		i.refuse("malformed", "batch refused: it cannot be read", "device", device, "error", err)
		return b, false
	}
	switch err := store.CheckBatch(b); {
	case b.V > wire.Major:
		i.refuse("version", "batch refused: its version is newer than ours", "device", device, "version", b.V)
	case b.Device != device:
		i.refuse("device", "batch refused: it names another device than its topic", "device", device, "named", b.Device)
	case err != nil:
		i.refuse("invalid", "batch refused", "device", device, "error", err)
	default:
		return b, true
	}
	return b, false
}

// storeBatches stores, tells the feed, and acknowledges, in this order. When
// the database is away nothing is acknowledged, and the devices will send
// again. An error of another kind is somebody's fault: then each batch is
// stored alone, so that one cannot hold up the others.
func (i *Ingest) storeBatches(ctx context.Context, batches []wire.EventBatch) {
	if len(batches) == 0 {
		return
	}
	stored, err := i.Store.StoreBatches(ctx, batches)
	switch {
	case err == nil:
		i.accept(ctx, batches, stored)
	case lab.CodeOf(err) == lab.Unavailable || ctx.Err() != nil:
		i.counters.dropped.Add(int64(len(batches)))
		i.complaints.add("store", "batches dropped: the database is away; devices will send them again", "error", err)
	case len(batches) == 1:
		i.refuse("store "+string(lab.CodeOf(err)), "batch refused by the store",
			"device", batches[0].Device, "boot", batches[0].Boot, "first", batches[0].First, "error", err)
	default:
		for _, b := range batches {
			i.storeBatches(ctx, []wire.EventBatch{b})
		}
	}
}

func (i *Ingest) accept(ctx context.Context, batches []wire.EventBatch, stored []store.Stored) {
	i.counters.batches.Add(int64(len(batches)))
	type position struct{ device, boot string }
	acks := map[position]int64{}
	for n, s := range stored {
		acks[position{batches[n].Device, batches[n].Boot}] = s.Seq // positions only grow
		i.counters.rows.Add(int64(len(s.Fresh)))
		i.tellFeed(s.Fresh)
	}
	var g errgroup.Group
	g.SetLimit(acksAtOnce)
	ctx, cancel := context.WithTimeout(ctx, ackLimit)
	defer cancel()
	for p, seq := range acks {
		g.Go(func() error {
			payload, err := json.Marshal(wire.Ack{V: wire.Major, Boot: p.boot, Seq: seq})
			if err == nil {
				err = i.Messages.Publish(ctx, wire.Topic(p.device, wire.TopicAck), 1, false, payload)
			}
			if err != nil { // the device sends again, and is told then
				i.complaints.add("ack", "acknowledgement not sent", "device", p.device, "error", err)
			}
			return nil
		})
	}
	_ = g.Wait()
}

// tellFeed passes on the new rows of one batch, which are all of one run.
func (i *Ingest) tellFeed(rows []lab.DeviceRow) {
	if i.Feed == nil || len(rows) == 0 || rows[0].Run == "" {
		return
	}
	events := make([]lab.StreamEvent, len(rows))
	for n := range rows {
		events[n] = lab.StreamEvent{Row: &rows[n]}
	}
	i.Feed.Publish(rows[0].Run, events)
}
