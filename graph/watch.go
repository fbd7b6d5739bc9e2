package graph

import (
	"context"
	"reflect"
	"time"

	"github.com/lics-lab/lics/ingest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

// defaultLook is how often a watcher looks into the store.
const defaultLook = 5 * time.Second

// watch sends what things are now, then each change. Only the present counts:
// what changes twice while a reader is busy is sent once.
func watch[T any](ctx context.Context, look time.Duration, feed *ingest.Changes[T], want func(T) bool, now func(context.Context) ([]T, error)) (<-chan T, error) {
	if feed == nil {
		return nil, lab.Errorf(lab.Unavailable, "This server has no live feed.")
	}
	or(&look, defaultLook)
	reader := feed.Subscribe(want) // before the store is read, so that nothing is between the two
	first, err := now(ctx)
	if err != nil {
		reader.Close()
		return nil, err
	}
	out := make(chan T)
	go func() {
		defer close(out)
		defer reader.Close()
		sent := map[string]T{}
		for news := first; ; {
			for _, v := range news {
				key := feed.Key(v)
				if old, known := sent[key]; known && reflect.DeepEqual(old, v) {
					continue
				}
				sent[key] = v
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
			wait, cancel := context.WithTimeout(ctx, look)
			news, err = reader.Next(wait)
			cancel()
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				news, _ = now(ctx) // a store that is away is asked again
			}
		}
	}()
	return out, nil
}

func (r *Resolver) watchDevices(ctx context.Context, u lab.User, id string) (<-chan lab.Device, error) {
	want := func(d lab.Device) bool { return d.Organisation == u.Organisation && (id == "" || d.ID == id) }
	return watch(ctx, r.Look, r.Devices, want, func(ctx context.Context) ([]lab.Device, error) {
		if id != "" {
			d, err := r.Store.Device(ctx, u.Organisation, id)
			return []lab.Device{d}, err
		}
		var all []lab.Device
		p := store.Page{First: store.MaxPage}
		for {
			page, more, err := r.Store.Devices(ctx, u.Organisation, store.DeviceFilter{}, p)
			if all = append(all, page...); err != nil || !more {
				return all, err
			}
			p.After = store.DeviceCursor(page[len(page)-1])
		}
	})
}

// watchRuns watches the runs that are not over. One that was seen and is open
// no more is looked up once, for its end.
func (r *Resolver) watchRuns(ctx context.Context, u lab.User) (<-chan lab.Run, error) {
	want := func(run lab.Run) bool { return run.Organisation == u.Organisation }
	open := map[string]bool{}
	unfinished := store.RunFilter{Status: []lab.RunStatus{lab.RunStarting, lab.RunRunning, lab.RunPaused, lab.RunSealing}}
	return watch(ctx, r.Look, r.Runs, want, func(ctx context.Context) ([]lab.Run, error) {
		runs, _, err := r.Store.Runs(ctx, u.Organisation, unfinished, store.Page{First: store.MaxPage})
		if err != nil {
			return nil, err
		}
		still := map[string]bool{}
		for _, run := range runs {
			still[run.ID] = true
		}
		for id := range open {
			if !still[id] {
				run, err := r.Store.Run(ctx, u.Organisation, id)
				if err != nil {
					return nil, err
				}
				runs = append(runs, run)
			}
		}
		open = still
		return runs, nil
	})
}
