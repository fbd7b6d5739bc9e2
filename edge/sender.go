package edge

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/lics-lab/lics/wire"
)

const (
	window     = 16 // batches on their way
	ackTimeout = 2 * time.Second
	ackSlowest = 30 * time.Second
	// ackSettle is how long an ack that brings nothing new is taken for an
	// echo of an earlier resend and not for a lost batch.
	ackSettle = 200 * time.Millisecond
)

// sender brings the outbox to the server: in order, a window ahead of the
// acknowledgements, and from the first unacknowledged batch again whenever
// something may have been lost.
type sender struct {
	outbox  *outbox
	log     *slog.Logger
	publish func(ctx context.Context, payload []byte) error
	wake    chan struct{}

	mu      sync.Mutex
	ahead   []position // sent and not acknowledged
	again   bool       // go back to the first
	moved   time.Time  // when an ack last brought something, or the window began
	patient time.Duration
	probing bool // one batch at a time until the server answers
}

// position is a batch that was sent.
type position struct {
	boot, first, last int64
	at                time.Time
}

func newSender(o *outbox, log *slog.Logger, publish func(context.Context, []byte) error) *sender {
	s := &sender{outbox: o, log: log, publish: publish, wake: make(chan struct{}, 1), patient: ackTimeout}
	o.onFlush = func() { nudge(s.wake) }
	return s
}

// up starts over on a new connection: the broker may have forgotten everything.
func (s *sender) up() {
	s.mu.Lock()
	s.again, s.patient, s.probing = true, ackTimeout, false
	s.mu.Unlock()
	nudge(s.wake)
}

// run sends until ctx ends.
func (s *sender) run(ctx context.Context) {
	for ctx.Err() == nil {
		wait := s.fill(ctx)
		t := time.NewTimer(wait)
		select {
		case <-s.wake:
		case <-t.C:
		case <-ctx.Done():
		}
		t.Stop()
	}
}

// fill sends what the window allows and says when to look again.
func (s *sender) fill(ctx context.Context) time.Duration {
	for {
		s.mu.Lock()
		if len(s.ahead) > 0 && time.Since(s.moved) >= s.patient {
			s.log.Debug("no acknowledgement; sending again", "batches", len(s.ahead), "after", s.patient)
			s.again, s.probing = true, true
			s.patient = min(2*s.patient, ackSlowest)
		}
		if s.again {
			s.ahead, s.again = nil, false
		}
		room := window
		if s.probing {
			room = 1
		}
		var after position
		if n := len(s.ahead); n > 0 {
			after = s.ahead[n-1]
		}
		patience := s.patient - time.Since(s.moved)
		full := len(s.ahead) >= room
		s.mu.Unlock()
		if full {
			return max(patience, time.Millisecond)
		}
		next, payload, err := s.outbox.after(ctx, after)
		if errors.Is(err, sql.ErrNoRows) {
			if after.boot == 0 {
				return time.Minute // nothing to do until something is recorded
			}
			return max(patience, time.Millisecond)
		}
		if err != nil {
			s.log.Error("the outbox cannot be read", "error", err)
			return time.Second
		}
		// In the window before it is sent: the ack may be faster than the PUBACK.
		next.at = time.Now()
		s.mu.Lock()
		if s.again {
			s.mu.Unlock()
			continue
		}
		if len(s.ahead) == 0 {
			s.moved = next.at
		}
		s.ahead = append(s.ahead, next)
		s.mu.Unlock()
		once, cancel := context.WithTimeout(ctx, ackTimeout)
		err = s.publish(once, payload)
		cancel()
		if err != nil {
			s.mu.Lock()
			s.again = true
			s.mu.Unlock()
			return 250 * time.Millisecond // up comes earlier when the link returns
		}
	}
}

// ack takes the server's word that rows are stored.
func (s *sender) ack(ctx context.Context, a wire.Ack) {
	boot, changed, err := s.outbox.stored(ctx, a)
	if err != nil {
		s.log.Warn("acknowledgement ignored", "boot", a.Boot, "seq", a.Seq, "error", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	left := s.ahead[:0]
	for _, p := range s.ahead {
		if p.boot != boot || p.last > a.Seq {
			left = append(left, p)
		}
	}
	moved := changed || len(left) < len(s.ahead)
	s.ahead = left
	if moved {
		s.moved, s.patient, s.probing = time.Now(), ackTimeout, false
	} else if len(left) > 0 && left[0].boot == boot && a.Seq < left[0].first && time.Since(left[0].at) > ackSettle {
		// The server answers and has not got the first: it was lost.
		s.again = true
	}
	nudge(s.wake)
}

// after is the first batch behind a position; the zero position is before all.
func (o *outbox) after(ctx context.Context, p position) (position, []byte, error) {
	o.disk.mu.Lock()
	defer o.disk.mu.Unlock()
	var next position
	var payload []byte
	err := o.disk.conn.QueryRowContext(ctx, `
		SELECT boot, first, last, payload FROM batch
		WHERE boot > ?1 OR boot = ?1 AND first > ?2
		ORDER BY boot, first LIMIT 1`, p.boot, p.first).Scan(&next.boot, &next.first, &next.last, &payload)
	return next, payload, err
}

// stored deletes what the server has, and says whether that was anything.
func (o *outbox) stored(ctx context.Context, a wire.Ack) (boot int64, changed bool, err error) {
	if a.Boot == o.boot && a.Seq > o.last() {
		return 0, false, errors.New("it acknowledges rows that were never made")
	}
	err = o.disk.write(ctx, inSystem, func(c *sql.Conn) error {
		if err := c.QueryRowContext(ctx, "SELECT n FROM boot WHERE id = ?", a.Boot).Scan(&boot); err != nil {
			if errors.Is(err, sql.ErrNoRows) {
				return errors.New("the boot is not one of this device")
			}
			return err
		}
		var rows, bytes, last sql.NullInt64
		err := c.QueryRowContext(ctx,
			"SELECT sum(last - first + 1), sum(length(payload)), max(last) FROM batch WHERE boot = ? AND last <= ?",
			boot, a.Seq).Scan(&rows, &bytes, &last)
		if err != nil || !rows.Valid {
			return err
		}
		changed = true
		o.sizeMu.Lock()
		o.rows -= rows.Int64
		o.bytes -= bytes.Int64
		o.sizeMu.Unlock()
		_, err = c.ExecContext(ctx, "INSERT INTO stored (boot, last) VALUES (?, ?) ON CONFLICT (boot) DO UPDATE SET last = max(last, excluded.last)", boot, last)
		if err != nil {
			return err
		}
		_, err = c.ExecContext(ctx, "DELETE FROM batch WHERE boot = ? AND last <= ?", boot, a.Seq)
		return err
	})
	return boot, changed, err
}
