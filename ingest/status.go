package ingest

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

// saveStatus keeps what a device says about itself.
func (i *Ingest) saveStatus(ctx context.Context, device string, m message) {
	if m.again && !i.unsaved.isLatest(device, m.turn) {
		return
	}
	payload := m.payload
	var st wire.Status
	if err := json.Unmarshal(payload, &st); err != nil {
		i.refuse("malformed", "status refused: it cannot be read", "device", device, "error", err)
		return
	}
	switch {
	case st.V > wire.Major:
		i.refuse("version", "status refused: its version is newer than ours", "device", device, "version", st.V)
		return
	case st.Device != device:
		i.refuse("device", "status refused: it names another device than its topic", "device", device, "named", st.Device)
		return
	}
	d, err := i.Store.SaveDeviceStatus(ctx, i.Organisation, st, payload)
	switch {
	case err == nil:
		if i.Devices != nil {
			i.Devices.Publish(d)
		}
	case lab.CodeOf(err) == lab.Unavailable || ctx.Err() != nil:
		i.unsaved.keep(device, m)
		i.complaints.add("status", "status not saved yet: the database is away", "device", device, "error", err)
	default:
		i.refuse("status", "status refused by the store", "device", device, "error", err)
	}
}

// maxUnsaved bounds the devices that are remembered here.
const maxUnsaved = 50_000

// unsaved holds the last word of devices that could not be saved. A status is
// not sent again like rows are: whoever was heard must remember it.
type unsaved struct {
	mu     sync.Mutex
	turns  map[string]int64 // how many a device has sent
	status map[string]message
}

// heard counts a device's status.
func (u *unsaved) heard(device string) int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.turns == nil {
		u.turns, u.status = map[string]int64{}, map[string]message{}
	}
	if _, known := u.turns[device]; known || len(u.turns) < maxUnsaved {
		u.turns[device]++
	}
	return u.turns[device]
}

// isLatest reports whether the device has said nothing since.
func (u *unsaved) isLatest(device string, turn int64) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.turns[device] == turn
}

func (u *unsaved) keep(device string, m message) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.turns[device] == m.turn && m.turn > 0 {
		m.again = true
		u.status[device] = m
	}
}

func (u *unsaved) all() map[string]message {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := u.status
	u.status = map[string]message{}
	return all
}

// saveAgain puts statuses that were not saved back into the queue.
func (i *Ingest) saveAgain(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for device, m := range i.unsaved.all() {
			if !i.queue.push(device, m) {
				i.unsaved.keep(device, m)
			}
		}
	}
}
