package edge

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/lics-lab/lics/edge/driver"
	"github.com/lics-lab/lics/wire"
)

// guardMessage is one line on the guard's standard input.
type guardMessage struct {
	// The first line, and another when the rig changes:
	Rig      string        `json:"rig,omitempty"`
	StateDir string        `json:"state_dir,omitempty"`
	Lease    time.Duration `json:"lease_ns,omitempty"`
	Agent    int           `json:"agent,omitempty"` // process id
	// Each sign of life: whether an output is on.
	On bool `json:"on,omitempty"`
	// Bye: everything is safe and the agent ends.
	Bye bool `json:"bye,omitempty"`
}

// errActed is the end of a guard that had to act.
var errActed = errors.New("the guard took over")

// Guard is the main of the guard process. It holds the other end of a pipe
// from the agent; when that closes, or stays silent for the lease while an
// output is on, it puts every output into its safe state. It returns an error
// when it had to.
//
// It cannot help when it is killed together with the agent: then outputs stay
// as the hardware leaves them until the service manager starts the agent
// again, which begins with everything safe. A board whose outputs fall to
// their safe state by themselves, and a hardware watchdog, are for that case.
func Guard(in io.Reader, drivers []driver.Driver, log *slog.Logger) error {
	// Those who end the agent mean the agent; we go when it has gone.
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	messages := make(chan guardMessage)
	go func() {
		defer close(messages)
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var m guardMessage
			if json.Unmarshal(lines.Bytes(), &m) == nil {
				messages <- m
			}
		}
	}()
	first, ok := <-messages
	if !ok {
		return errors.New("the guard is started by the agent, not by hand")
	}
	rig, err := ParseRig([]byte(first.Rig))
	if err != nil {
		return err
	}
	tick := time.NewTicker(first.Lease / 4)
	defer tick.Stop()
	silent, on := 0, false
	for {
		select {
		case m, ok := <-messages:
			if m.Bye {
				return nil
			}
			if !ok {
				return takeOver(rig, first, drivers, log, "the agent has ended without a word")
			}
			if m.Rig != "" {
				if r, err := ParseRig([]byte(m.Rig)); err == nil {
					rig = r
				}
				continue
			}
			silent, on = 0, m.On
		case <-tick.C:
			// Ticks are counted instead of time: when the whole machine was
			// stuck they were not there, and the agent gets its chance.
			if silent++; silent < 5 || !on {
				continue
			}
			// Its lines can only be driven when it does not hold them.
			if first.Agent > 1 && os.Getppid() == first.Agent {
				_ = syscall.Kill(first.Agent, syscall.SIGKILL)
			}
			return takeOver(rig, first, drivers, log, "the agent was silent for its lease")
		}
	}
}

func takeOver(rig *Rig, m guardMessage, drivers []driver.Driver, log *slog.Logger, why string) error {
	h := openHardware(rig, drivers, driver.Box{StateDir: m.StateDir, Speed: 1, By: "guard", Log: log})
	err := h.close()
	log.Warn("every output put to its safe state", "reason", why, "error", err)
	return errors.Join(errActed, err)
}

// guard is the agent's side of its guard process.
type guard struct {
	agent *agent
	died  chan struct{}
	rig   chan string

	mu   sync.Mutex
	pipe *os.File // nil without a guard
}

func (a *agent) startGuard() (*guard, error) {
	g := &guard{agent: a, rig: make(chan string, 1)}
	if len(a.Guard) == 0 {
		return g, nil
	}
	a.guard.Store(g)
	return g, g.start()
}

// start runs the process in a session of its own, so that what is sent to the
// agent's group does not reach it.
func (g *guard) start() error {
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("guard: %w", err)
	}
	defer func() { _ = r.Close() }()
	cmd := exec.Command(g.agent.Guard[0], g.agent.Guard[1:]...) //nolint:noctx // ourselves; outlives every context
	cmd.Stdin, cmd.Stderr = r, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		_ = w.Close()
		return fmt.Errorf("guard: %w", err)
	}
	died := make(chan struct{})
	g.died = died
	go func() {
		defer close(died)
		_ = cmd.Wait()
	}()
	// Its first line says what it guards; signs of life come after that.
	a := g.agent
	first, err := json.Marshal(guardMessage{Rig: a.text(), StateDir: a.StateDir, Lease: a.Lease, Agent: os.Getpid()})
	if err == nil {
		_ = w.SetWriteDeadline(time.Now().Add(10 * time.Second))
		_, err = w.Write(append(first, '\n'))
	}
	if err != nil {
		_ = w.Close()
		return fmt.Errorf("guard: %w", err)
	}
	g.mu.Lock()
	g.pipe = w
	g.mu.Unlock()
	return nil
}

func (a *agent) text() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.rigText
}

func (g *guard) write(m guardMessage) error {
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return g.send(append(b, '\n'))
}

func (g *guard) send(line []byte) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pipe == nil {
		return nil
	}
	// A pipe that nobody reads would hold us up for ever.
	_ = g.pipe.SetWriteDeadline(time.Now().Add(g.agent.Lease / 2))
	_, err := g.pipe.Write(line)
	return err
}

var (
	signOn  = []byte(`{"on":true}` + "\n")
	signOff = []byte("{}\n")
)

// pet gives a sign of life.
func (g *guard) pet(on bool) error {
	if on {
		return g.send(signOn)
	}
	return g.send(signOff)
}

// lights is told by the hardware, see there. An error is met again by run.
func (a *agent) lights(on bool) {
	if g := a.guard.Load(); g != nil {
		_ = g.pet(on)
	}
}

// newRig tells the guard what there is to make safe.
func (a *agent) newRig(text string) {
	if g := a.guard.Load(); g != nil {
		select {
		case g.rig <- text:
		default: // it is not written to any more
		}
	}
}

// run gives signs of life, and replaces a guard that is lost.
func (g *guard) run(ctx context.Context) {
	if g.agent.guard.Load() == nil {
		return
	}
	a := g.agent
	tick := time.NewTicker(a.Lease / 4)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case text := <-g.rig:
			err = g.write(guardMessage{Rig: text})
		case <-tick.C:
			err = a.box().report(g.pet)
		case <-g.died:
			err = errors.New("the guard process ended")
		}
		if err == nil {
			continue
		}
		a.log.Error("guard lost; starting another", "error", err)
		g.drop()
		// It may have taken over, with outputs on as we believe.
		if err := a.box().makeSafe(); err != nil {
			a.log.Error("not everything could be made safe", "error", err)
		}
		a.scope(wire.Command{}).warn("guard", "the guard process was lost and started again; every output was put safe")
		if err := g.start(); err != nil {
			a.log.Error("no guard", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}
}

// drop lets go of the process, which ends with the pipe.
func (g *guard) drop() {
	g.mu.Lock()
	if g.pipe != nil {
		_ = g.pipe.Close()
		g.pipe = nil
	}
	g.mu.Unlock()
	<-g.died
}

// dismiss ends the guard; everything is safe.
func (g *guard) dismiss() {
	if g.agent.guard.Load() == nil {
		return
	}
	_ = g.write(guardMessage{Bye: true})
	g.drop()
}
