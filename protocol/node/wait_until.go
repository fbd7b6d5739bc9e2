package node

import (
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// WaitUntilData is the data of a wait for a time of day.
type WaitUntilData struct {
	common
	At        string   `json:"at"`
	Zone      string   `json:"zone"`
	Weekdays  []string `json:"weekdays"`
	Zeitgeber string   `json:"zeitgeber"`
}

var waitUntilKind = &Kind{
	Type: "wait_until", Level: Session, Label: "Wait until", Icon: "calendar-clock", Group: "Flow",
	Help: "Waits for the next time of day in a time zone, never for the present moment. A time that a clock change leaves out is the moment of the change; " +
		"of one that comes twice it is the first. With zeitgeber it is a time after lights-on, counted in hours that pass.",
	Standard: Standard{"intermediate timer event (date); zeitgeber time, ZT0 = lights on", "BPMN 2.0; Aschoff 1965"},
	Ports:    []PortRule{inPort, outPort},
	Schema: data(
		must(text("at", "Time of day", "Like 07:00 or 19:30:15; of zeitgeber the time of lights-on. {expressions} in braces are filled in.", maxName)),
		must(text("zone", "Time zone", "An IANA name like Europe/Lisbon, America/New_York or UTC. {expressions} in braces are filled in.", maxName)),
		list("weekdays", "Days", "On these days only; none is every day. The day is that of the time of day, in the time zone.",
			&schema.Schema{Type: schema.String, Enum: []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}}),
		expression("zeitgeber", "duration", "Zeitgeber", "So long after lights-on: 12h is ZT12.", "12h"),
	),
	Step: step(func(s Site, d WaitUntilData, n *plan.Node) {
		n.WaitUntil = &plan.WaitUntil{At: d.At, Zone: d.Zone, Weekdays: d.Weekdays, Zeitgeber: d.Zeitgeber}
		s.Text("at", d.At)
		s.Text("zone", d.Zone)
		if len(slices.Compact(slices.Sorted(slices.Values(d.Weekdays)))) < len(d.Weekdays) {
			s.Report(diagnostic.BadData, "weekdays", "a day stands twice", "remove one of them")
		}
		clock := plan.Clock{At: "00:00", Zone: "UTC", Weekdays: d.Weekdays}
		if e := s.Expr("zeitgeber", d.Zeitgeber, expr.Duration); e != nil {
			if v, constant := e.Constant(); constant {
				clock.After = v.Duration()
			}
		}
		try := func(field string, c plan.Clock) {
			if err := c.Check(); err != nil {
				s.Report(diagnostic.BadValue, field, err.Error(), "")
			}
		}
		try("zeitgeber", clock)
		if clock.After = 0; !strings.Contains(d.At, "{") {
			c := clock
			c.At = d.At
			try("at", c)
		}
		if !strings.Contains(d.Zone, "{") {
			clock.Zone = d.Zone
			try("zone", clock)
		}
	}),
}
