package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// demo starts the five-choice task on the first simulated box, once it is
// online. A second start with the same data goes on with the first's run as
// long as that lasts.
func (u *up) demo(ctx context.Context) (string, error) {
	if len(u.devices) == 0 {
		return "", errors.New("--demo needs a simulated box; add --simulate 1")
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	person := *u.app // who asks the server that we have started
	person.ctx = ctx
	person.env = func(name string) string {
		return map[string]string{"LICS_URL": u.ready.URL, "LICS_TOKEN": u.ready.Token}[name]
	}
	box := u.devices[0]
	if err := online(&person, box); err != nil {
		return "", err
	}
	type found struct {
		Runs struct{ Nodes []struct{ ID string } }
	}
	busy, err := query[found](&person, `query Busy($device: ID!) {
		runs(filter: {device: $device, status: [STARTING, RUNNING, PAUSED, SEALING]}, first: 1) { nodes { id } }
	}`, map[string]any{"device": box})
	if err != nil {
		return "", err
	}
	if len(busy.Runs.Nodes) > 0 {
		return busy.Runs.Nodes[0].ID, nil
	}
	seed := int64(1) // everybody sees the same demo
	c := runStartCmd{Protocol: "template:5csrtt", Device: []string{"box=" + box}, Seed: &seed}
	input, err := c.input(&person)
	if err != nil {
		return "", err
	}
	started, err := query[startedRun](&person, startRun, map[string]any{"input": input})
	return started.StartRun.Run.ID, err
}

// online waits until the server has heard of the device.
func online(person *app, id string) error {
	type found struct {
		Device *struct{ Online bool }
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		d, err := query[found](person, `query Online($id: ID!) { device(id: $id) { online } }`, map[string]any{"id": id})
		if err == nil && d.Device != nil && d.Device.Online {
			return nil
		}
		select {
		case <-person.ctx.Done():
			return fmt.Errorf("%s does not come online: %w", id, errors.Join(err, person.ctx.Err()))
		case <-tick.C:
		}
	}
}
