package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// box is what is known of a device that a role is bound to.
type box struct {
	device lab.Device
	rig    *wire.Rig
	curves map[string]lab.Calibration // by channel of the rig
	held   *lab.Run                   // another run that is under way on it
}

// bind gives a device to every role of a plan, or says what is missing: the
// role, the device and the channels by name, all of them at once, because the
// person who reads it stands in front of the box.
func bind(p *plan.Plan, given []gen.RoleBindingInput, boxes map[string]box) ([]lab.Binding, error) {
	byRole := map[string]gen.RoleBindingInput{}
	for _, g := range given {
		if _, twice := byRole[g.Role]; twice {
			return nil, lab.FieldErrorf("devices", "Role %s is bound twice.", g.Role)
		}
		if !slices.ContainsFunc(p.Roles, func(r plan.Role) bool { return r.Name == g.Role }) {
			return nil, lab.FieldErrorf("devices", "The protocol has no role %s; its roles are: %s.", g.Role, roleNames(p))
		}
		byRole[g.Role] = g
	}
	bindings := make([]lab.Binding, 0, len(p.Roles))
	for _, role := range p.Roles {
		g, ok := byRole[role.Name]
		if !ok {
			return nil, lab.FieldErrorf("devices", "Role %s has no device. Bind one with these channels: %s.", role.Name, channelNames(role))
		}
		b, err := bindRole(role, g, boxes[g.Device])
		if err != nil {
			return nil, err
		}
		bindings = append(bindings, b)
	}
	return bindings, nil
}

func bindRole(role plan.Role, g gen.RoleBindingInput, have box) (lab.Binding, error) {
	b := lab.Binding{Role: role.Name, Device: g.Device}
	if !have.device.Online {
		return b, &lab.Error{Code: lab.State, Field: "devices", Message: fmt.Sprintf(
			"Device %s (role %s) is offline%s. Switch it on, or bind another device.", g.Device, role.Name, since(have.device.LastSeen))}
	}
	if have.held != nil {
		return b, &lab.Error{Code: lab.State, Field: "devices", Message: fmt.Sprintf(
			"Device %s (role %s) is busy with run %s of protocol %s. Wait until it is over, stop it, or bind another device.",
			g.Device, role.Name, have.held.ID, have.held.ProtocolName)}
	}
	names, err := mapping(role, g)
	if err != nil {
		return b, err
	}
	if len(names) > 0 {
		b.Channels = names
	}
	if wrong := missing(role, names, have.rig); len(wrong) > 0 {
		return b, lab.FieldErrorf("devices", "Device %s cannot take the role %s: %s.", g.Device, role.Name, strings.Join(wrong, "; "))
	}
	for _, volume := range role.Volumes {
		points, err := have.curve(g.Device, rigName(names, volume))
		if err != nil {
			return b, err
		}
		raw, err := json.Marshal(points)
		if err != nil {
			return b, err
		}
		if b.Calibrations == nil {
			b.Calibrations = map[string]json.RawMessage{}
		}
		b.Calibrations[volume] = raw
	}
	return b, nil
}

// curve is the lab's own calibration of a channel, else the one written into
// the rig.
func (b box) curve(device, channel string) (*task.Calibration, error) {
	if c, ok := b.curves[channel]; ok {
		return curve(c)
	}
	if b.rig != nil {
		for _, c := range b.rig.Channels {
			if c.Name == channel && c.Calibration != nil {
				return c.Calibration, nil
			}
		}
	}
	return nil, uncalibrated(device, channel)
}

// mapping reads the names of the rig that differ from the protocol's. Two
// channels of the protocol cannot be one line of the rig.
func mapping(role plan.Role, g gen.RoleBindingInput) (map[string]string, error) {
	names := map[string]string{}
	for _, m := range g.Channels {
		if !slices.ContainsFunc(role.Channels, func(c task.Channel) bool { return c.Name == m.Protocol }) {
			return nil, lab.FieldErrorf("devices", "Role %s uses no channel %s; it uses: %s.", role.Name, m.Protocol, channelNames(role))
		}
		if _, twice := names[m.Protocol]; twice {
			return nil, lab.FieldErrorf("devices", "Channel %s of role %s is mapped twice.", m.Protocol, role.Name)
		}
		names[m.Protocol] = m.Rig
	}
	used := map[string]string{}
	for _, c := range role.Channels {
		line := rigName(names, c.Name)
		if other, twice := used[line]; twice {
			return nil, lab.FieldErrorf("devices", "Channels %s and %s of role %s are both mapped to %s.", other, c.Name, role.Name, line)
		}
		used[line] = c.Name
	}
	for from, to := range names {
		if from == to {
			delete(names, from)
		}
	}
	return names, nil
}

func rigName(names map[string]string, name string) string {
	if to, ok := names[name]; ok {
		return to
	}
	return name
}

// missing lists what a rig lacks for a role.
func missing(role plan.Role, names map[string]string, rig *wire.Rig) []string {
	if rig == nil {
		return []string{"it has not said what hardware it has"}
	}
	var absent, wrong []string
	for _, c := range role.Channels {
		line := rigName(names, c.Name)
		have := channel(rig, line)
		switch {
		case have == nil && line == c.Name:
			absent = append(absent, line)
		case have == nil:
			absent = append(absent, fmt.Sprintf("%s (for %s)", line, c.Name))
		case have.Direction != c.Direction:
			wrong = append(wrong, fmt.Sprintf("%s is an %sput, an %sput is needed", line, have.Direction, c.Direction))
		case have.Unavailable != "":
			wrong = append(wrong, fmt.Sprintf("%s is not available: %s", line, strings.TrimSuffix(have.Unavailable, ".")))
		}
	}
	switch len(absent) {
	case 0:
		return wrong
	case 1:
		return append([]string{"it has no channel " + absent[0]}, wrong...)
	}
	return append([]string{"it has no channels " + strings.Join(absent, ", ")}, wrong...)
}

func since(t *time.Time) string {
	if t == nil {
		return " and has never been heard"
	}
	return " since " + t.UTC().Format("2006-01-02 15:04:05 UTC")
}

func roleNames(p *plan.Plan) string {
	if len(p.Roles) == 0 {
		return "none"
	}
	names := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		names[i] = r.Name
	}
	return strings.Join(names, ", ")
}

func channelNames(r plan.Role) string {
	if len(r.Channels) == 0 {
		return "none"
	}
	names := make([]string, len(r.Channels))
	for i, c := range r.Channels {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}
