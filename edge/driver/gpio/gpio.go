//go:build linux

// Package gpio drives the pins of a Raspberry Pi. Outputs go through periph;
// inputs through the kernel's character device directly, because periph reads
// the kernel's time of an edge and throws it away, and has no debounce.
//
// It has been compiled for the boards and its encoding is tested; it has not
// been run on one by the project's own tests.
package gpio

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
	"periph.io/x/conn/v3/gpio/gpioreg"
	"periph.io/x/host/v3"

	"github.com/lics-lab/lics/edge/driver"
)

// Driver opens pins.
type Driver struct{}

// Name is what a rig's channel says under `driver`.
func (Driver) Name() string { return "gpio" }

// Open takes the pins; a pin that is missing or taken makes its own channel
// unavailable only.
func (Driver) Open(b driver.Box) (driver.Instrument, error) {
	if _, err := host.Init(); err != nil {
		return nil, err
	}
	p := &pins{outputs: map[string]*output{}, inputs: map[string]*watched{}, missing: map[string]error{}, log: b.Log}
	chips := map[string][]driver.Channel{}
	for _, c := range b.Channels {
		if c.Output {
			p.openOutput(c)
		} else {
			chips[c.Address] = append(chips[c.Address], c)
		}
	}
	for address, channels := range chips {
		if err := p.openInputs(address, channels); err != nil {
			for _, c := range channels {
				p.missing[c.Name] = err
			}
		}
	}
	return p, p.Safe()
}

type pins struct {
	log     *slog.Logger
	order   []*output
	outputs map[string]*output
	inputs  map[string]*watched
	missing map[string]error
	chips   []*chip
	readers sync.WaitGroup
}

// watched is an input among the lines of a chip.
type watched struct {
	chip *chip
	bit  int
}

type chip struct {
	lines  *os.File
	name   map[uint32]string // by offset
	offset []uint32
	seqno  uint32
}

func (p *pins) String() string { return "GPIO pins" }

func (p *pins) openOutput(c driver.Channel) {
	io := gpioreg.ByName(pinName(c.Pin))
	if io == nil {
		p.missing[c.Name] = fmt.Errorf("there is no pin %q on this board", c.Pin)
		return
	}
	o := &output{pin: io, low: c.ActiveLow, pwm: c.PWM, safe: c.Safe, log: p.log}
	if err := o.Set(c.Safe); err != nil {
		p.missing[c.Name] = err
		return
	}
	if c.PWM {
		if err := o.probe(); err != nil {
			p.missing[c.Name] = fmt.Errorf("pin %s has no pulse-width modulation here (%w): take `pwm: true` out of the rig, or see the README of the driver", c.Pin, err)
			return
		}
	}
	p.outputs[c.Name] = o
	p.order = append(p.order, o)
}

// pinName lets people write 17 for GPIO17.
func pinName(s string) string {
	if _, err := strconv.Atoi(s); err == nil {
		return "GPIO" + s
	}
	return s
}

func (p *pins) openInputs(address string, channels []driver.Channel) error {
	path, err := chipPath(address)
	if err != nil {
		return err
	}
	dev, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { _ = dev.Close() }()
	k := &chip{name: map[uint32]string{}}
	var inputs []input
	for _, c := range channels {
		offset, err := strconv.ParseUint(strings.TrimPrefix(c.Pin, "GPIO"), 10, 32)
		if err != nil {
			p.missing[c.Name] = fmt.Errorf("pin %q: write GPIO17 or 17", c.Pin)
			continue
		}
		p.inputs[c.Name] = &watched{k, len(inputs)}
		k.name[uint32(offset)] = c.Name
		k.offset = append(k.offset, uint32(offset))
		inputs = append(inputs, input{uint32(offset), c.ActiveLow, c.Pull, c.Debounce})
	}
	r, err := request(inputs)
	if err != nil {
		return err
	}
	if err := ioctl(dev.Fd(), getLine, r); err != nil {
		return fmt.Errorf("%s: inputs %v: %w", path, k.offset, err)
	}
	// Non-blocking, so that the runtime's poller waits and Close ends a read.
	if err := unix.SetNonblock(int(r.FD), true); err != nil {
		return err
	}
	k.lines = os.NewFile(uintptr(r.FD), "gpio lines")
	p.chips = append(p.chips, k)
	return nil
}

// chipPath finds the chip with the board's header when none is named.
func chipPath(address string) (string, error) {
	if address != "" {
		return filepath.Join("/dev", filepath.Base(address)), nil
	}
	all, _ := filepath.Glob("/dev/gpiochip*")
	for _, path := range all {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		var info chipInfo
		err = ioctl(f.Fd(), getChipInfo, &info)
		_ = f.Close()
		if err == nil && strings.HasPrefix(text(info.Label[:]), "pinctrl-") {
			return path, nil
		}
	}
	return "", errors.New("no GPIO chip with the board's pins was found; is the agent in the group gpio?")
}

// Output is the line of an output channel.
func (p *pins) Output(channel string) (driver.Output, error) {
	o := p.outputs[channel]
	switch {
	case o == nil:
		return nil, p.why(channel)
	case o.pwm:
		return dimmer{o}, nil
	}
	return o, nil
}

func (p *pins) why(channel string) error {
	if err := p.missing[channel]; err != nil {
		return err
	}
	return fmt.Errorf("no pin for %s", channel)
}

// Safe drives every output to its safe level.
func (p *pins) Safe() error {
	var errs []error
	for _, o := range p.order {
		errs = append(errs, o.makeSafe())
	}
	return errors.Join(errs...)
}

// Level reads a line.
func (p *pins) Level(channel string) (bool, error) {
	w := p.inputs[channel]
	if w == nil || w.chip.lines == nil || p.missing[channel] != nil {
		return false, p.why(channel)
	}
	v := lineValues{Mask: 1 << w.bit}
	raw, err := w.chip.lines.SyscallConn()
	if err != nil {
		return false, err
	}
	if e := raw.Control(func(fd uintptr) { err = ioctl(fd, getLineValues, &v) }); e != nil {
		return false, e
	}
	return v.Bits&v.Mask != 0, err
}

// Watch reads the edges of every chip.
func (p *pins) Watch(f func(driver.Edge)) error {
	var one sync.Mutex // f is never called twice at once
	for _, k := range p.chips {
		p.readers.Go(func() {
			b := make([]byte, 64*eventBytes)
			for {
				n, err := k.lines.Read(b)
				if err != nil {
					if !errors.Is(err, os.ErrClosed) {
						p.log.Error("input edges are not read any more", "error", err)
					}
					return
				}
				one.Lock()
				decodeEvents(b[:n], func(e lineEvent) { p.edge(k, e, f) })
				one.Unlock()
			}
		})
	}
	return nil
}

func (p *pins) edge(k *chip, e lineEvent, f func(driver.Edge)) {
	if k.seqno != 0 && e.Seqno != k.seqno+1 {
		p.log.Error("input edges were lost: the kernel's buffer was full", "count", e.Seqno-k.seqno-1)
	}
	k.seqno = e.Seqno
	f(driver.Edge{Channel: k.name[e.Offset], High: e.ID == eventRising, At: time.Duration(e.Timestamp)})
}

// Close gives the pins back. The kernel makes outputs inputs when nobody holds
// them: what a box needs then is up to its resistors.
func (p *pins) Close() error {
	errs := []error{p.Safe()}
	for _, k := range p.chips {
		errs = append(errs, k.lines.Close())
	}
	p.readers.Wait()
	for _, o := range p.order {
		o.ramps.Wait()
		errs = append(errs, o.pin.Halt())
	}
	return errors.Join(errs...)
}
