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

	claimed *lab.Run // another run that is bound to it, and does not hold it now
}

// bind gives a device to every role of a plan, or says what is missing: the
// role, the device and the channels by name.
func (r *Resolver) bind(p *plan.Plan, given []gen.RoleBindingInput, boxes map[string]box) ([]lab.Binding, error) {
	if err := refusal(roleChecks(p, given)); err != nil {
		return nil, err
	}
	bindings := make([]lab.Binding, 0, len(p.Roles))
	for _, role := range p.Roles {
		b, err := r.bindRole(role, binding(given, role.Name), boxes)
		if err != nil {
			return nil, err
		}
		bindings = append(bindings, b)
	}
	return bindings, nil
}

// roleChecks compares the roles that were bound with those there are.
func roleChecks(p *plan.Plan, given []gen.RoleBindingInput) []gen.StartCheck {
	var found []gen.StartCheck
	wrong := func(role, format string, args ...any) {
		found = append(found, gen.StartCheck{
			Code: gen.StartCheckCodeRole, Severity: gen.CheckSeverityBlocks, Role: role, Field: "devices", Message: fmt.Sprintf(format, args...),
		})
	}
	seen := map[string]bool{}
	for _, g := range given {
		switch {
		case seen[g.Role]:
			wrong(g.Role, "Role %s is bound twice.", g.Role)
		case !slices.ContainsFunc(p.Roles, func(r plan.Role) bool { return r.Name == g.Role }):
			wrong(g.Role, "The protocol has no role %s; its roles are: %s.", g.Role, roleNames(p))
		}
		seen[g.Role] = true
	}
	for _, role := range p.Roles {
		if !seen[role.Name] {
			wrong(role.Name, "Role %s has no device. Bind one with these channels: %s.", role.Name, channelNames(role))
		}
	}
	return found
}

// binding is what was given for a role.
func binding(given []gen.RoleBindingInput, role string) gen.RoleBindingInput {
	i := slices.IndexFunc(given, func(g gen.RoleBindingInput) bool { return g.Role == role })
	return given[i]
}

func (r *Resolver) bindRole(role plan.Role, g gen.RoleBindingInput, boxes map[string]box) (lab.Binding, error) {
	b := lab.Binding{Role: role.Name, Device: g.Device}
	have, known := boxes[g.Device]
	if !known {
		return b, refusal([]gen.StartCheck{unknownDevice(g)})
	}
	names, err := mapping(role, g)
	if err != nil {
		return b, err
	}
	if len(names) > 0 {
		b.Channels = names
	}
	b.Rig, b.Agent = have.device.RigHash, status(&have.device).Version
	if err := refusal(r.checkDevice(role, names, have)); err != nil {
		return b, err
	}
	for _, volume := range role.Volumes {
		points, err := have.curve(rigName(names, volume))
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

func unknownDevice(g gen.RoleBindingInput) gen.StartCheck {
	return gen.StartCheck{
		Code: gen.StartCheckCodeDevice, Severity: gen.CheckSeverityBlocks, Role: g.Role, DeviceID: g.Device, Field: "devices",
		Message: fmt.Sprintf("There is no device %s, to which role %s is bound.", g.Device, g.Role),
	}
}

// curve is the lab's own calibration of a channel, else the one written into
// the rig, else nil.
func (b box) curve(channel string) (*task.Calibration, error) {
	if c, ok := b.curves[channel]; ok {
		return curve(c)
	}
	if b.rig != nil {
		for _, c := range b.rig.Channels {
			if c.Name == channel {
				return c.Calibration, nil
			}
		}
	}
	return nil, nil //nolint:nilnil // it has none
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
