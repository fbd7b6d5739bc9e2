package ingest

import "sync"

// The bounds of what waits. A message beyond them is dropped; a device sends
// again what is not acknowledged, from where the store ends.
const (
	lineMessages = 256
	lineBytes    = 4 << 20
	queueBytes   = 256 << 20
	// takeLines and takeBytes are what one transaction takes at most.
	takeLines = 64
	takeBytes = 2 << 20
)

type message struct {
	name    string
	payload []byte
	turn    int64 // of a status: how many the device had sent
	again   bool  // a status that could not be saved at first
}

// line is what waits of one device. At any time at most one worker has it:
// that keeps the device's order. A device that is quiet has none.
type line struct {
	device  string
	waiting []message
	bytes   int
	taken   []message // by a worker
	busy    bool
}

// queue holds the lines of the devices that have something to say. Those that
// are ready stand in turn, so that a loud device does not hold up the others.
type queue struct {
	wake chan struct{}

	mu      sync.Mutex
	lines   map[string]*line
	ready   []*line
	bytes   int
	stopped bool
}

func (q *queue) start(workers int) {
	q.wake = make(chan struct{}, workers)
	q.lines = map[string]*line{}
}

// stop takes nothing more: the broker may still call.
func (q *queue) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stopped = true
	clear(q.lines)
	q.ready = nil
}

// push appends a message to its device's line, or reports that there is no
// room.
func (q *queue) push(device string, m message) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stopped {
		return true
	}
	l := q.lines[device]
	if q.bytes+len(m.payload) > queueBytes ||
		l != nil && (len(l.waiting) >= lineMessages || l.bytes+len(m.payload) > lineBytes) {
		return false
	}
	if l == nil {
		l = &line{device: device}
		q.lines[device] = l
	}
	l.waiting = append(l.waiting, m)
	l.bytes += len(m.payload)
	q.bytes += len(m.payload)
	if len(l.waiting) == 1 && !l.busy {
		q.enter(l)
	}
	return true
}

func (q *queue) enter(l *line) {
	q.ready = append(q.ready, l)
	select {
	case q.wake <- struct{}{}:
	default: // every worker has a call waiting, and empties the queue before it sleeps
	}
}

// take gives the lines whose turn it is, as much as fits one transaction; the
// caller has them until done.
func (q *queue) take() []*line {
	q.mu.Lock()
	defer q.mu.Unlock()
	var lines []*line
	for total := 0; len(q.ready) > 0 && len(lines) < takeLines && total < takeBytes; {
		l := q.ready[0]
		q.ready = q.ready[1:]
		n, bytes := 0, 0
		for n < len(l.waiting) && (n == 0 || bytes+len(l.waiting[n].payload) <= takeBytes) {
			bytes += len(l.waiting[n].payload)
			n++
		}
		l.taken, l.waiting = l.waiting[:n:n], l.waiting[n:]
		l.bytes -= bytes
		q.bytes -= bytes
		l.busy = true
		total += bytes
		lines = append(lines, l)
	}
	return lines
}

func (q *queue) done(lines []*line) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, l := range lines {
		l.busy, l.taken = false, nil
		switch {
		case q.stopped:
		case len(l.waiting) > 0:
			q.enter(l)
		default:
			delete(q.lines, l.device)
		}
	}
}
