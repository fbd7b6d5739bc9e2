package graph

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/google/uuid"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

const (
	// watchLease is how long a device goes on telling, and holding what was set
	// by hand, when this server dies.
	watchLease = 5 * time.Second
	// watchRenew leaves room for one renewal that is lost.
	watchRenew = 2 * time.Second
)

// watchLevels has a device tell its levels for as long as somebody listens.
func (r *Resolver) watchLevels(ctx context.Context, u lab.User, id string) (<-chan gen.DeviceLevels, error) {
	d, err := r.Store.Device(ctx, u.Organisation, id)
	if err != nil {
		return nil, err
	}
	if r.Levels == nil || r.Commander == nil {
		return nil, lab.Errorf(lab.Unavailable, "This server has no connection to devices.")
	}
	reader := r.Levels.Subscribe(func(l wire.Levels) bool { return l.Device == d.ID })
	out := make(chan gen.DeviceLevels)
	ctx, cancel := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		defer cancel()
		if err := r.keepWatching(ctx, d); err != nil && ctx.Err() == nil {
			transport.AddSubscriptionError(ctx, present(r.Log)(ctx, err))
		}
	}()
	go func() {
		defer close(out)
		defer func() { <-kept }()
		defer cancel()
		defer reader.Close()
		for {
			news, err := reader.Next(ctx)
			if err != nil {
				return
			}
			for _, l := range news {
				select {
				case out <- levelsOf(l):
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return out, nil
}

// keepWatching renews the watch until ctx ends, and then ends it, so that what
// was set by hand goes off at once. A device that does not answer is asked
// again: it may come back.
func (r *Resolver) keepWatching(ctx context.Context, d lab.Device) error {
	watcher := uuid.NewString()
	ask := func(ctx context.Context, n int, lease time.Duration) (wire.Reply, error) {
		body, err := json.Marshal(wire.WatchBody{Watcher: watcher, Lease: lease})
		if err != nil {
			return wire.Reply{}, err
		}
		once, cancel := context.WithTimeout(ctx, watchRenew)
		defer cancel()
		return r.Commander.Do(once, d.ID, wire.Command{
			V: wire.Major, ID: "watch/" + watcher + "/" + strconv.Itoa(n), Verb: wire.VerbWatch, Body: body,
			Deadline: time.Now().Add(watchLease).UnixMilli(),
		})
	}
	tick := time.NewTicker(watchRenew)
	defer tick.Stop()
	for n := 1; ; n++ {
		reply, err := ask(ctx, n, watchLease)
		switch {
		case ctx.Err() != nil:
			_, _ = ask(context.WithoutCancel(ctx), n+1, 0) // else the lease ends it
			return nil
		case err == nil && reply.State == wire.Refused && reply.Reason != nil && reply.Reason.Code == wire.ReasonUnknownVerb:
			return lab.Errorf(lab.State, "The agent of device %s is too old to tell its levels. Update it.", d.ID)
		case err == nil && reply.State == wire.Refused && reply.Reason != nil:
			return lab.Errorf(lab.State, "Device %s does not tell its levels: %s.", d.ID, reply.Reason.Message)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			_, _ = ask(context.WithoutCancel(ctx), n+1, 0)
			return nil
		}
	}
}

func levelsOf(l wire.Levels) gen.DeviceLevels {
	out := gen.DeviceLevels{DeviceID: l.Device, At: time.Unix(0, l.At), Channels: make([]gen.ChannelLevel, 0, len(l.Channels))}
	for _, name := range slices.Sorted(maps.Keys(l.Channels)) {
		c := l.Channels[name]
		out.Channels = append(out.Channels, gen.ChannelLevel{Channel: name, Level: c.Level, Changes: c.Changes})
	}
	return out
}
