package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/lics-lab/lics/protocol/template"
)

// demo starts the five-choice task on the first simulated box, once it is
// online. A second start with the same data goes on with the first's run as
// long as that lasts.
func (u *up) demo(ctx context.Context) (string, error) {
	if len(u.devices) == 0 {
		return "", errors.New("--demo needs a simulated box; add --simulate 1")
	}
	t, err := template.Get("5csrtt")
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := u.online(ctx, u.devices[0]); err != nil {
		return "", err
	}
	var busy struct {
		Runs struct{ Nodes []struct{ ID string } }
	}
	err = u.ask(ctx, `query($device: ID!) { runs(filter: {device: $device, status: [STARTING, RUNNING, PAUSED, SEALING]}, first: 1) { nodes { id } } }`,
		map[string]any{"device": u.devices[0]}, &busy)
	if err != nil {
		return "", err
	}
	if len(busy.Runs.Nodes) > 0 {
		return busy.Runs.Nodes[0].ID, nil
	}
	var saved struct {
		SaveProtocol struct{ Version struct{ ID string } }
	}
	err = u.ask(ctx, `mutation($in: SaveProtocolInput!) { saveProtocol(input: $in) { version { id } } }`,
		map[string]any{"in": map[string]any{"name": "5csrtt", "document": t.Document}}, &saved)
	if err != nil {
		return "", err
	}
	var started struct {
		StartRun struct{ Run struct{ ID string } }
	}
	err = u.ask(ctx, `mutation($in: StartRunInput!) { startRun(input: $in) { run { id } } }`, map[string]any{"in": map[string]any{
		"protocolVersion": saved.SaveProtocol.Version.ID, "seed": 1,
		"devices": []any{map[string]any{"role": "box", "device": u.devices[0]}},
		"key":     "demo-" + time.Now().UTC().Format("20060102-150405"),
	}}, &started)
	return started.StartRun.Run.ID, err
}

// online waits until the server has heard of the device.
func (u *up) online(ctx context.Context, id string) error {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		var d struct{ Device *struct{ Online bool } }
		err := u.ask(ctx, `query($id: ID!) { device(id: $id) { online } }`, map[string]any{"id": id}, &d)
		if err == nil && d.Device != nil && d.Device.Online {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not come online: %w", id, errors.Join(err, ctx.Err()))
		case <-tick.C:
		}
	}
}

// ask asks the server that we have started.
func (u *up) ask(ctx context.Context, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.ready.GraphQL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+u.ready.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var answer struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("the server said %s: %w", resp.Status, err)
	}
	if len(answer.Errors) > 0 {
		return errors.New(answer.Errors[0].Message)
	}
	return json.Unmarshal(answer.Data, into)
}
