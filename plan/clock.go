package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a container may have no zones of its own

	"github.com/lics-lab/lics/expr"
)

// WaitUntil is a durable timer that ends at a time of day.
type WaitUntil struct {
	// At is a template for a time of day, 07:00 or 07:00:30. With Zeitgeber it
	// is when the lights go on.
	At string `json:"at"`
	// Zone is a template for an IANA time zone, like Europe/Lisbon.
	Zone string `json:"zone"`
	// Weekdays are those of At, as in time.Weekday's names; none: every day.
	Weekdays []string `json:"weekdays,omitempty"`
	// Zeitgeber is a duration expression: so long after At.
	Zeitgeber string `json:"zeitgeber,omitempty"`
}

func (w *WaitUntil) resolve(step *Step) ([]source, func([]expr.Value) error) {
	sources := []source{{text: w.At, template: true}, {text: w.Zone, template: true}}
	if w.Zeitgeber != "" {
		sources = append(sources, source{text: w.Zeitgeber, want: expr.Duration})
	}
	return sources, func(values []expr.Value) error {
		step.Clock = &Clock{At: values[0].Str(), Zone: values[1].Str(), Weekdays: w.Weekdays}
		if w.Zeitgeber != "" {
			step.Clock.After = values[2].Duration()
		}
		return nil
	}
}

// Clock is a time of day to wait for, as a step carries it.
type Clock struct {
	At       string        `json:"at"`
	Zone     string        `json:"zone"`
	Weekdays []string      `json:"weekdays,omitempty"`
	After    time.Duration `json:"after_ns,omitempty"`
}

// maxAfter bounds the time after a time of day.
const maxAfter = 7 * 24 * time.Hour

// Check says what is wrong with a time of day.
func (c Clock) Check() error {
	_, _, err := c.read()
	return err
}

// Next is the first such time after now. A time of day that a clock change
// leaves out is the moment of the change; of one that comes twice it is the
// first. A time after lights-on is counted in hours that pass, so a clock
// change in between does not move it.
func (c Clock) Next(now time.Time) (time.Time, error) {
	at, zone, err := c.read()
	if err != nil {
		return time.Time{}, err
	}
	local := now.In(zone).Add(-c.After)
	for day := -1; day <= 8; day++ {
		date := time.Date(local.Year(), local.Month(), local.Day()+day, 0, 0, 0, 0, time.UTC)
		if len(c.Weekdays) > 0 && !slices.Contains(c.Weekdays, date.Weekday().String()) {
			continue
		}
		if t := onClock(date.Add(at), zone).Add(c.After); t.After(now) {
			return t, nil
		}
	}
	return time.Time{}, errors.New("no day of the week is chosen")
}

func (c Clock) read() (at time.Duration, zone *time.Location, err error) {
	var t time.Time
	for _, layout := range []string{"15:04", "15:04:05"} {
		if t, err = time.Parse(layout, strings.TrimSpace(c.At)); err == nil {
			break
		}
	}
	if err != nil {
		return 0, nil, fmt.Errorf("%q is not a time of day; write 07:00 or 19:30:15", c.At)
	}
	at = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
	name := strings.TrimSpace(c.Zone)
	if zone, err = time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return 0, nil, fmt.Errorf("%q is not a time zone; write one like Europe/Lisbon, America/New_York or UTC", c.Zone)
	}
	for _, day := range c.Weekdays {
		if !slices.Contains(weekdays, day) {
			return 0, nil, fmt.Errorf("%q is not a day of the week; write Monday to Sunday", day)
		}
	}
	if c.After < 0 || c.After > maxAfter {
		return 0, nil, fmt.Errorf("%s after %s is not between 0 and 7 days", c.After, c.At)
	}
	return at, zone, nil
}

var weekdays = func() []string {
	var names []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		names = append(names, d.String())
	}
	return names
}()

// onClock is the first moment at which clocks of a zone show this or, where
// they never do, more. The wall time is given as one of UTC.
func onClock(wall time.Time, zone *time.Location) time.Time {
	t := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	_, offset := t.Zone()
	shown := t.Add(time.Duration(offset) * time.Second).UTC()
	from, to := t.ZoneBounds()
	switch {
	case shown.After(wall): // package time took the offset before the change
		return from
	case shown.Before(wall): // or the one after it
		return to
	case from.IsZero():
		return t
	}
	_, before := from.Add(-time.Second).In(zone).Zone()
	if first := wall.Add(-time.Duration(before) * time.Second); first.Before(from) {
		return first.In(zone)
	}
	return t
}
