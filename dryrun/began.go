package dryrun

import (
	"fmt"
	"time"
)

// local are the ways to write a time without an offset.
var local = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"}

// ParseBegan reads when a virtual run begins: a time with an offset, like
// 2026-03-28T17:00:00Z, or one on the clocks of a time zone (an IANA name; UTC
// when empty), like 2026-03-28T18:00.
func ParseBegan(text, zone string) (time.Time, error) {
	place := time.UTC
	if zone != "" {
		var err error
		if place, err = time.LoadLocation(zone); err != nil || zone == "Local" {
			return time.Time{}, fmt.Errorf("%q is not a time zone; write one like Europe/Lisbon, America/New_York or UTC", zone)
		}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		if zone != "" {
			return time.Time{}, fmt.Errorf("%s has an offset, so no time zone is needed; leave out the offset or the zone", text)
		}
		return t.UTC(), nil
	}
	for _, layout := range local {
		t, err := time.ParseInLocation(layout, text, place)
		if err != nil {
			continue
		}
		if t.Format(layout) != text {
			return time.Time{}, fmt.Errorf("there is no %s in %s: the clocks go forward then; choose an earlier or a later time", text, place)
		}
		return t.UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%q is not a time; write one like 2026-03-28T18:00, or with an offset like 2026-03-28T17:00:00Z", text)
}
