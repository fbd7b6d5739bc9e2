package node

import (
	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
)

// ActuatorData is what a lever, a door and a servo have in common.
type ActuatorData struct {
	Composed
	Channel     string `json:"channel"`
	AtMost      string `json:"at_most"`
	Takes       string `json:"takes"`
	Sensor      string `json:"sensor"`
	SensorLevel string `json:"sensor_level"`
	Timeout     string `json:"timeout"`
}

// MoveData is the data of a lever and a door.
type MoveData struct {
	ActuatorData
	Move string `json:"move"`
}

// ServoData is the data of a servo.
type ServoData struct {
	ActuatorData
	Position string `json:"position"`
}

var (
	leverKind = actuator(MoveData.build, "lever", "Lever", "minus-vertical", "Extends or retracts a retractable lever.", Standard{"retractable lever", "Med Associates, pyControl"},
		choice("move", "Move", "extend drives the output, retract ends that.", "extend", "retract"))
	doorKind = actuator(MoveData.build, "door", "Door", "door", "Opens or closes a door.", Standard{"gate, guillotine door", "Med Associates: guillotine door"},
		choice("move", "Move", "open drives the output, close ends that.", "open", "close"))
	servoKind = actuator(ServoData.build, "servo", "Servo", "steering-wheel", "Moves a servo to a position.", Standard{"servo motor", "PWM servo; Bpod: module"},
		expression("position", "float", "Position", "In the unit of the part, as the output's level; 0 is the safe position and ends the drive.", "0.5"))
)

// actuator is the kind of a part that moves and stays where it was moved to.
func actuator[T interface{ composed() Composed }](build func(T, *Builder, string), kind, label, icon, help string, standard Standard, move schema.Field) *Kind {
	return &Kind{
		Type: kind, Level: Task, Label: label, Icon: icon, Group: "Apparatus",
		Help: help + " It stays there beside the nodes that follow, for at most the safety time. With a sensor the node goes on when the part has arrived, " +
			"else after the time it takes, or at once.",
		Standard: standard,
		Ports:    []PortRule{enterPort, leavePort, when("sensor", way("timeout", "not in time"))},
		Schema: composed(
			must(channelField(task.Out, "The output.")),
			must(move),
			expression("at_most", "duration", "At most", "The longest time it stays driven; needed unless the move ends the drive.", "30min"),
			expression("takes", "duration", "Takes", "How long the move takes, without a sensor; empty goes on at once.", "200ms"),
			channelOf("sensor", task.In, "Sensor", "An input that says when it has arrived."),
			choice("sensor_level", "Sensor is", "The level of the sensor at the end of the move; empty is high.", high, low),
			expression("timeout", "duration", "Timeout", "How long to wait for the sensor.", "2s"),
		),
		Declare: declare(func(d *Declarations, a ActuatorData) {
			if a.Sensor != "" {
				d.event("met")
			}
		}),
		Expand: composite(func(b *Builder, d T) { build(d, b, kind) }),
	}
}

func (d MoveData) build(b *Builder, kind string) {
	d.drive(b, kind, "", d.Move == "retract" || d.Move == "close")
}

func (d ServoData) build(b *Builder, kind string) {
	required(b, "position", d.Position, "the servo has no position", "write a number, like 0.5")
	home := false
	if e := b.Expr("position", d.Position, expr.Float); e != nil {
		v, constant := e.Constant()
		home = constant && v.Float() == 0
	}
	d.drive(b, kind, d.Position, home)
}

// drive moves the part; home ends the drive.
func (d *ActuatorData) drive(b *Builder, kind, level string, home bool) {
	b.Output("channel", d.Channel)
	b.Expr("at_most", d.AtMost, expr.Duration)
	b.Expr("takes", d.Takes, expr.Duration)
	b.Expr("timeout", d.Timeout, expr.Duration)
	switch {
	case !home && d.AtMost == "":
		b.Report(diagnostic.LatchWithoutSafety, "at_most", "the "+kind+" has no safety time", "give the longest time it may stay driven, like 30min")
	case home && d.AtMost != "":
		b.Report(diagnostic.BadData, "at_most", "this move ends the drive and has no safety time", "remove it")
	}
	mode, takes := "a "+kind+" without a sensor", "takes"
	if d.Sensor != "" {
		mode, takes = "a "+kind+" with a sensor", "sensor_level timeout!"
	}
	takesFields(b, mode, takes, map[string]bool{"takes": d.Takes != "", "sensor_level": d.SensorLevel != "", "timeout": d.Timeout != ""})
	drive := task.Action{Do: task.DoLatch, Channel: d.Channel, Level: level, Duration: d.AtMost}
	if home {
		drive = task.Action{Do: task.DoRelease, Channel: d.Channel}
	}
	if d.Sensor == "" && d.Takes == "" {
		noOutputs(b, d.Composed)
		b.pass(drive)
		return
	}
	s := b.State("")
	s.Entry = []task.Action{drive}
	if d.Sensor == "" {
		s.Timer = d.Takes
		s.On(timeup("takes", "out"))
		return
	}
	s.Timer = d.Timeout
	b.level(s, "sensor", d.Sensor, d.SensorLevel)
	s.On(timeup("timeout", "timeout"))
}
