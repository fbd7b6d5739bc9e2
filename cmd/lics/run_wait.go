package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
)

// await shows how a run goes until it is over, and ends well when the run did.
func (a *app) await(r runInfo, format string) error {
	p := newProgress(a, r)
	a.note("%s is %s: %s", r.ProtocolName, r.Status, r.ID)
	final, err := a.follow(r.ID, "", p.event)
	p.close()
	if a.ctx.Err() != nil {
		a.note("\nThe run goes on.\n  lics run watch %s\n  lics run stop %s", r.ID, r.ID)
		return a.ctx.Err()
	}
	if err != nil {
		a.note("The run %s goes on as far as is known: lics run describe %s", r.ID, r.ID)
		return err
	}
	err = printOne(a, format, final, func() error {
		_, err := fmt.Fprintf(a.stdout, "%s  %s%s, %s, took %s\n", final.ID, final.Status, because(final), p.counts(), tookOf(final))
		return err
	})
	if err != nil {
		return err
	}
	if final.Status != lab.RunCompleted && final.Status != lab.RunStopped {
		return errSaid
	}
	return nil
}

// redrawEvery is often enough for eyes and seldom enough for terminals.
const redrawEvery = 100 * time.Millisecond

// progress shows how a run goes: one line that is drawn again on a terminal,
// a line for every outcome and every fact of the session elsewhere.
type progress struct {
	a        *app
	terminal bool
	began    time.Time
	done     chan struct{}
	over     sync.WaitGroup

	mu       sync.Mutex
	trials   int
	outcomes map[string]int
	state    string
	step     string
	dirty    bool
}

func newProgress(a *app, r runInfo) *progress {
	p := &progress{
		a: a, terminal: terminal(a.stderr) && a.env("TERM") != "dumb", began: r.CreatedAt,
		done: make(chan struct{}), outcomes: map[string]int{},
	}
	if p.terminal {
		p.over.Go(p.redraw)
	}
	return p
}

func (p *progress) event(e runEvent) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dirty = true
	if e.Source != "DEVICE" {
		p.session(e)
		return nil
	}
	switch task.Kind(e.Kind) {
	case task.KindTrial:
		p.trials++
	case task.KindState:
		p.state = e.Name
	case task.KindOutcome:
		p.outcomes[e.Name]++
		if !p.terminal {
			trial := 0
			if e.Trial != nil {
				trial = *e.Trial
			}
			p.a.note("trial %d: %s", trial, e.Name)
		}
	case task.KindWarning:
		p.line("warning: %s", oneLine(e.text()))
	}
	return nil
}

// session tells what the run itself did. Values and loops are for watch.
func (p *progress) session(e runEvent) {
	switch e.Kind {
	case "variable", "iteration", "branch":
		return
	case "step_started":
		p.step, p.state = cmpOr(e.Node, e.Name), ""
	}
	text := strings.TrimSpace(e.Kind + " " + cmpOr(e.Node, "") + " " + oneLine(e.text()))
	p.line("%s", text)
}

// line prints a line above the one that is drawn again.
func (p *progress) line(format string, args ...any) {
	if p.terminal {
		fmt.Fprint(p.a.stderr, "\r\x1b[K")
	}
	p.a.note(format, args...)
}

func (p *progress) redraw() {
	every := time.NewTicker(redrawEvery)
	defer every.Stop()
	seconds := 0
	for {
		select {
		case <-p.done:
			fmt.Fprint(p.a.stderr, "\r\x1b[K")
			return
		case <-every.C:
		}
		p.mu.Lock()
		now := int(time.Since(p.began).Seconds())
		if p.dirty || now != seconds {
			p.dirty, seconds = false, now
			fmt.Fprintf(p.a.stderr, "\r\x1b[K%s  %s  %s %s", time.Since(p.began).Round(time.Second), p.count(), p.step, p.state)
		}
		p.mu.Unlock()
	}
}

func (p *progress) counts() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count()
}

func (p *progress) count() string { return plural(p.trials, "trial") + outcomes(p.outcomes) }

func (p *progress) close() {
	close(p.done)
	p.over.Wait()
}
