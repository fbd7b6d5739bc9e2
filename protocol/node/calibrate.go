package node

import (
	"fmt"
	"strconv"
	"time"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// CalibrateData is the data of a calibration procedure.
type CalibrateData struct {
	common
	Role    string   `json:"role"`
	Channel string   `json:"channel"`
	Open    []string `json:"open"`
	Pulses  int      `json:"pulses"`
	Gap     string   `json:"gap"`
	Density float64  `json:"density"`
}

// The defaults of a calibration.
const (
	defaultPulses  = 100
	defaultGap     = 200 * time.Millisecond
	defaultDensity = 1.0
	maxPulses      = 10_000
)

var calibrateKind = &Kind{
	Type: "calibrate", Level: Session, Occupies: true, Label: "Calibrate", Icon: "droplet-cog", Group: "Device",
	Help: "Calibrates a valve or a pump: for each opening time the device gives many pulses, a person weighs what came and enters grams, " +
		"and the curve is kept as the latest calibration of the channel. Runs that begin later use it.",
	Standard: Standard{"liquid calibration", "Bpod: LiquidCalibrationManager; gravimetric, ISO 8655-6"},
	Ports:    []PortRule{inPort, {Port: Port{Name: plan.PortDone, Direction: Out}}, failedPort},
	Schema: data(
		roleField, must(channelField(task.Out, "The valve or pump.")),
		must(atMost(10, atLeast(2, list("open", "Opening times", "Two to ten plain durations, growing.",
			&schema.Schema{Type: schema.String, MinLength: 2, MaxLength: maxName})))),
		schema.Field{Name: "pulses", Schema: &schema.Schema{Type: schema.Integer, Title: "Pulses", Help: "How many pulses of each are weighed together; empty is 100.", Minimum: new(1.0), Maximum: new(float64(maxPulses))}},
		text("gap", "Gap", "The pause between pulses, a plain duration; empty is 200ms.", maxName),
		schema.Field{Name: "density", Schema: &schema.Schema{Type: schema.Number, Title: "Density", Help: "Of the liquid, in grams per millilitre; empty is 1, water.", Minimum: new(0.1), Maximum: new(20.0)}},
	),
	Step: step(func(s Site, d CalibrateData, n *plan.Node) {
		c := &plan.Calibrate{Role: s.Role("role", d.Role), Channel: d.Channel, Pulses: d.Pulses, Density: d.Density}
		n.Calibrate = c
		s.Channel("channel", c.Role, d.Channel, task.Out)
		if c.Pulses == 0 {
			c.Pulses = defaultPulses
		}
		if c.Density == 0 {
			c.Density = defaultDensity
		}
		gap := defaultGap
		if d.Gap != "" {
			gap = plainDuration(s, "gap", d.Gap)
		}
		for i, text := range d.Open {
			open := plainDuration(s, "open["+strconv.Itoa(i)+"]", text)
			if i > 0 && open <= c.Open[i-1] {
				s.Report(diagnostic.BadValue, "open["+strconv.Itoa(i)+"]", "an opening time is not longer than the one before", "begin with the shortest")
			}
			c.Open = append(c.Open, open)
		}
		procedure(n, d.Label, gap)
	}),
}

func plainDuration(s Site, field, text string) time.Duration {
	d, err := expr.ParseDuration(text)
	if err == nil && d <= 0 {
		err = fmt.Errorf("%s is not above zero", text)
	}
	if err != nil {
		s.Report(diagnostic.BadValue, field, err.Error(), "write a number and a unit, like 30ms")
	}
	return d
}

// procedure draws it as steps that there are already: tasks of pulses,
// a person who weighs, and one that keeps the curve. So it is paused, stopped
// and continued like everything else.
func procedure(n *plan.Node, label string, gap time.Duration) {
	c := n.Calibrate
	n.Kind, n.Calibrate, n.Sub = plan.KindSub, nil, &plan.Sub{}
	if label == "" {
		label = "Calibrate " + c.Channel
	}
	add := func(kind plan.Kind, name string, f func(x *plan.Node)) {
		x := plan.Node{ID: n.ID + ">" + name, Kind: kind, Parent: n.ID}
		f(&x)
		if last := len(n.Sub.Inner) - 1; last < 0 {
			n.Out = append(n.Out, plan.Wire{Port: plan.PortBody, To: x.ID})
		} else {
			from := &n.Sub.Inner[last]
			from.Out = append(from.Out, plan.Wire{Port: map[bool]string{true: plan.PortDone, false: plan.PortOut}[from.Task != nil], To: x.ID})
		}
		n.Sub.Inner = append(n.Sub.Inner, x)
	}
	for i, open := range c.Open {
		k := strconv.Itoa(i + 1)
		grams := "grams_" + k
		n.Sub.Own = append(n.Sub.Own, plan.Variable{Name: grams, Type: expr.Float.String()})
		c.Grams = append(c.Grams, grams)
		add(plan.KindTask, "pulses_"+k, func(x *plan.Node) {
			x.Label = fmt.Sprintf("%s: %d pulses of %s", label, c.Pulses, open)
			x.Task = &plan.Task{Role: c.Role, Program: pulses(x.ID, c, open, gap)}
		})
		add(plan.KindHuman, "weigh_"+k, func(x *plan.Node) {
			x.Label = label
			x.Human = &plan.Human{
				Title: fmt.Sprintf("%s: weigh %d pulses of %s", label, c.Pulses, open),
				Text:  "Enter what came, in grams, without the vessel. Then put the empty vessel back.",
				Form: []plan.Field{{
					Variable: grams, Label: fmt.Sprintf("%d pulses of %s", c.Pulses, open), Unit: "g", Required: true, Minimum: "0.0001", Maximum: "10000",
				}},
			}
		})
	}
	add(plan.KindCalibrate, "keep", func(x *plan.Node) { x.Label, x.Calibrate = label, c })
}

// pulses is a task that opens a channel so often for a time.
func pulses(name string, c *plan.Calibrate, open, gap time.Duration) task.Program {
	count := strconv.Itoa(c.Pulses)
	p := task.Program{
		Name: name, Initial: "open", Ends: []string{plan.PortDone},
		Channels:  []task.Channel{{Name: c.Channel, Direction: task.Out}},
		Variables: []task.Variable{{Name: "given", Type: expr.Int.String(), Silent: true}},
		States: []task.State{
			{
				Name: "open", Timer: expr.FormatDuration(open), Outputs: []task.Output{{Channel: c.Channel}},
				Entry: []task.Action{{Do: task.DoAssign, Variable: "given", Value: "given + 1"}},
				On:    []task.Handler{{Events: []string{task.Timeup}, To: "shut"}},
			},
			{
				Name: "shut", Timer: expr.FormatDuration(gap),
				On: []task.Handler{
					{Events: []string{task.Timeup}, Guard: "given >= " + count, To: plan.PortDone},
					{Events: []string{task.Timeup}, To: "open"},
				},
			},
		},
	}
	p.Format = p.OldestFormat()
	return p
}
