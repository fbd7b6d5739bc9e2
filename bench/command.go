package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	paho "github.com/eclipse/paho.mqtt.golang"
	"github.com/google/uuid"

	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/wire"
)

// measureCommand is a command to a real agent and its reply, beside a bare
// message there and back over the same broker, in turn. A ping is answered at
// once; a set, as a run gives it, is written into the device's journal before
// anything happens, and its reply before it is sent.
func measureCommand(ctx context.Context, b *bench) ([]figure, error) {
	url, err := b.brokerURL(ctx)
	if err != nil {
		return nil, err
	}
	const device = "command-1"
	if err := b.agent(ctx, device, 1); err != nil {
		return nil, err
	}
	c, err := b.connect(ctx, url)
	if err != nil {
		return nil, err
	}
	commander := mqtt.NewCommander(c, b.log())
	raw, stop, err := rawRoundTrip(url)
	if err != nil {
		return nil, err
	}
	defer stop()
	synced, err := b.syncer()
	if err != nil {
		return nil, err
	}
	n, warm := 3000, 300
	if b.quick {
		n, warm = 500, 100
	}
	const bareTrip, goal50, goal99 = " bare round trip, QoS 1", "≤ 1.5×", "≤ 2 ms"
	lines := func(what string, ours, bare []time.Duration) []figure {
		p50, p99, raw50, raw99 := quantile(ours, 0.5), quantile(ours, 0.99), quantile(bare, 0.5), quantile(bare, 0.99)
		return []figure{
			{what: what + ", p50", ours: ms(p50), peer: ms(raw50) + bareTrip, ratio: times(ratio(p50, raw50)), goal: goal50, met: judge(ratio(p50, raw50) <= 1.5)},
			{what: what + ", p99", ours: ms(p99), peer: ms(raw99) + bareTrip, ratio: times(ratio(p99, raw99)), goal: goal99, met: judge(p99 <= 2*time.Millisecond)},
		}
	}
	ping := func(i int) (time.Duration, error) {
		return ask(ctx, commander, device, wire.Command{ID: fmt.Sprintf("bench/ping/%d", i), Verb: wire.VerbPing})
	}
	run := uuid.Must(uuid.NewV7()).String()
	set := func(i int) (time.Duration, error) {
		body, err := json.Marshal(wire.SetBody{Channel: "led_1", Level: float64(i % 2)})
		if err != nil {
			return 0, err
		}
		return ask(ctx, commander, device, wire.Command{
			ID: fmt.Sprintf("%s/led/%d", run, i), Run: run, Node: "led", Epoch: 1, Verb: wire.VerbSet, Body: body,
		})
	}
	bare := func(int) (time.Duration, error) { return raw(ctx) }
	first, err := inTurn(n, warm, ping, bare)
	if err != nil {
		return nil, err
	}
	second, err := inTurn(n, warm, set, bare)
	if err != nil {
		return nil, err
	}
	// Not in turn with the others: what follows a sync finds the processors
	// asleep, and the rows of the sets would wait for its disk.
	third, err := inTurn(n, warm, func(int) (time.Duration, error) { return synced() })
	if err != nil {
		return nil, err
	}
	disk := third[0]
	all := append(lines("command → reply (ping)", first[0], first[1]), lines("command → reply (set, journalled)", second[0], second[1])...)
	return append(all, figure{
		what: "  one sync of this disk", peer: fmt.Sprintf("p50 %s, p99 %s", ms(median(disk)), ms(quantile(disk, 0.99))),
	}), nil
}

// inTurn takes n samples of each, one after the other.
func inTurn(n, warm int, each ...func(i int) (time.Duration, error)) ([][]time.Duration, error) {
	samples := make([][]time.Duration, len(each))
	for i := range n + warm {
		for k, one := range each {
			took, err := one(i)
			if err != nil {
				return nil, err
			}
			if i >= warm {
				samples[k] = append(samples[k], took)
			}
		}
	}
	return samples, nil
}

func ask(ctx context.Context, c *mqtt.Commander, device string, cmd wire.Command) (time.Duration, error) {
	start := time.Now()
	r, err := c.Do(ctx, device, cmd)
	took := time.Since(start)
	if err == nil && r.State != wire.Done {
		err = fmt.Errorf("%s: %w", r.State, r.Err())
	}
	return took, err
}

// syncer writes a little at the end of a file and waits for the disk, which is
// the least that a journal costs.
func (b *bench) syncer() (func() (time.Duration, error), error) {
	dir, err := b.directory()
	if err != nil {
		return nil, err
	}
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return nil, err
	}
	b.onStop(f.Close)
	line := make([]byte, 256)
	return func() (time.Duration, error) {
		start := time.Now()
		_, err := f.Write(line)
		if err == nil {
			err = f.Sync()
		}
		return time.Since(start), err
	}, nil
}

// rawRoundTrip is the least there is: two clients, two topics, messages of the
// size of a command and a reply.
func rawRoundTrip(url string) (there func(context.Context) (time.Duration, error), stop func(), err error) {
	var clients []paho.Client
	stop = func() {
		for _, c := range clients {
			c.Disconnect(100)
		}
	}
	connect := func(id string) (paho.Client, error) {
		c := paho.NewClient(paho.NewClientOptions().AddBroker(url).SetClientID(id).SetAutoReconnect(false))
		clients = append(clients, c)
		return c, done(c.Connect())
	}
	asker, err := connect("bench-asker")
	if err != nil {
		return nil, stop, err
	}
	echo, err := connect("bench-echo")
	if err != nil {
		return nil, stop, err
	}
	back := make(chan struct{}, 1)
	err = done(echo.Subscribe("bench/there", 1, func(c paho.Client, m paho.Message) { c.Publish("bench/back", 1, false, m.Payload()) }))
	if err != nil {
		return nil, stop, err
	}
	if err := done(asker.Subscribe("bench/back", 1, func(paho.Client, paho.Message) { back <- struct{}{} })); err != nil {
		return nil, stop, err
	}
	payload := make([]byte, 100)
	return func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		asker.Publish("bench/there", 1, false, payload)
		select {
		case <-back:
			return time.Since(start), nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}, stop, nil
}

func done(t paho.Token) error {
	t.Wait()
	return t.Error()
}
