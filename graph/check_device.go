package graph

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/task"
)

// defaultCalibrationAge is how old a calibration may be before people are
// reminded to measure again: valves wear and tubes give.
const defaultCalibrationAge = 30 * 24 * time.Hour

// checkDevice says all there is to say about a device in a role, with the
// names of the rig that differ from the protocol's.
func (r *Resolver) checkDevice(role plan.Role, names map[string]string, have box) []gen.StartCheck {
	found := []gen.StartCheck{online(role, have), free(role, have)}
	found = append(found, channelChecks(role, names, have)...)
	limit := r.CalibrationAge
	or(&limit, defaultCalibrationAge)
	for _, volume := range role.Volumes {
		found = append(found, volumeChecks(volume, rigName(names, volume), have, limit)...)
	}
	for i := range found {
		found[i].Role, found[i].DeviceID, found[i].Field = role.Name, have.device.ID, "devices"
	}
	return found
}

func online(role plan.Role, have box) gen.StartCheck {
	id := have.device.ID
	if have.device.Online {
		return gen.StartCheck{Code: gen.StartCheckCodeDeviceOnline, Severity: gen.CheckSeverityOk, Message: fmt.Sprintf("Device %s is online.", id)}
	}
	return gen.StartCheck{
		Code: gen.StartCheckCodeDeviceOnline, Severity: gen.CheckSeverityBlocks,
		Message: fmt.Sprintf("Device %s (role %s) is offline%s.", id, role.Name, since(have.device.LastSeen)),
		Hint:    "Switch it on, or bind another device.",
	}
}

func free(role plan.Role, have box) gen.StartCheck {
	id := have.device.ID
	c := gen.StartCheck{Code: gen.StartCheckCodeDeviceFree, Severity: gen.CheckSeverityOk, Message: fmt.Sprintf("Device %s is free.", id)}
	switch {
	case have.held != nil:
		c.Severity, c.Run = gen.CheckSeverityBlocks, have.held
		c.Message = fmt.Sprintf("Device %s (role %s) is busy with run %s of protocol %s.", id, role.Name, have.held.ID, have.held.ProtocolName)
		c.Hint = "Wait until it is over, stop it, or bind another device."
	case have.claimed != nil:
		c.Severity, c.Run = gen.CheckSeverityWarns, have.claimed
		c.Message = fmt.Sprintf("Device %s is also bound to run %s of protocol %s, which does not hold it at this moment.", id, have.claimed.ID, have.claimed.ProtocolName)
		c.Hint = "When that run comes back to the device, one of the two is refused. Bind another device, or wait until it is over."
	}
	return c
}

// channelChecks has one result for each channel that is not as it should be,
// or one for all.
func channelChecks(role plan.Role, names map[string]string, have box) []gen.StartCheck {
	if have.rig == nil {
		return []gen.StartCheck{{
			Code: gen.StartCheckCodeRig, Severity: gen.CheckSeverityBlocks,
			Message: fmt.Sprintf("Device %s has not said what hardware it has.", have.device.ID), Hint: "Start its agent with a rig file.",
		}}
	}
	var found []gen.StartCheck
	for _, c := range role.Channels {
		if code, text := lack(c, rigName(names, c.Name), slices.Contains(role.Shaped, c.Name), have); text != "" {
			found = append(found, gen.StartCheck{
				Code: code, Severity: gen.CheckSeverityBlocks, Channel: c.Name, Message: text,
				Hint: "Map the channel to another one of the rig, mend the rig, or bind another device.",
			})
		}
	}
	if found == nil {
		found = append(found, gen.StartCheck{
			Code: gen.StartCheckCodeChannel, Severity: gen.CheckSeverityOk,
			Message: fmt.Sprintf("Device %s has the channels %s.", have.device.ID, channelNames(role)),
		})
	}
	return found
}

// lack says why a line of a rig cannot be a channel; nothing when it can. One
// that is shaped has a ramp or a frequency.
func lack(c task.Channel, line string, shaped bool, have box) (gen.StartCheckCode, string) {
	id, l := have.device.ID, channel(have.rig, line)
	switch {
	case l == nil && line == c.Name:
		return gen.StartCheckCodeChannel, fmt.Sprintf("Device %s has no channel %s.", id, line)
	case l == nil:
		return gen.StartCheckCodeChannel, fmt.Sprintf("Device %s has no channel %s (for %s).", id, line, c.Name)
	case l.Direction != c.Direction:
		return gen.StartCheckCodeChannel, fmt.Sprintf("Channel %s of device %s is an %sput, and an %sput is needed.", line, id, l.Direction, c.Direction)
	case l.Unavailable != "":
		return gen.StartCheckCodeChannelAvailable, fmt.Sprintf("Channel %s of device %s is not available: %s.", line, id, strings.TrimSuffix(l.Unavailable, "."))
	case shaped && !l.Shaped:
		return gen.StartCheckCodeChannel, fmt.Sprintf("Channel %s of device %s can only be switched, and %s has a ramp or a frequency: if the pin and the part can do it, say `pwm: true` in the rig.", line, id, c.Name)
	}
	return "", ""
}

func volumeChecks(name, line string, have box, limit time.Duration) []gen.StartCheck {
	missing := gen.StartCheck{Code: gen.StartCheckCodeCalibration, Severity: gen.CheckSeverityBlocks, Channel: name}
	switch points, err := have.curve(line); {
	case err != nil:
		missing.Message = fmt.Sprintf("The calibration of channel %s of device %s cannot be read.", line, have.device.ID)
		missing.Hint = "Measure again, and add a new one with saveCalibration."
		return []gen.StartCheck{missing}
	case points == nil:
		missing.Message = fmt.Sprintf("Channel %s of device %s has no calibration.", line, have.device.ID)
		missing.Hint = "Measure its volumes and add one with saveCalibration."
		return []gen.StartCheck{missing}
	}
	own, ours := have.curves[line]
	if !ours {
		return []gen.StartCheck{{
			Code: gen.StartCheckCodeCalibration, Severity: gen.CheckSeverityOk, Channel: name,
			Message: fmt.Sprintf("Channel %s of device %s has the calibration of its rig file, which has no date.", line, have.device.ID),
		}}
	}
	age := time.Since(own.MeasuredAt)
	c := gen.StartCheck{
		Code: gen.StartCheckCodeCalibrationAge, Severity: gen.CheckSeverityOk, Channel: name,
		Message: fmt.Sprintf("Channel %s of device %s was calibrated %s.", line, have.device.ID, ago(age)),
	}
	if age > limit {
		c.Severity, c.Hint = gen.CheckSeverityWarns, fmt.Sprintf("Measure again: a calibration older than %s may be wrong.", days(limit))
	}
	return []gen.StartCheck{c}
}

// ago says how long ago something was, as people do.
func ago(d time.Duration) string {
	switch {
	case d < time.Hour:
		return "within the last hour"
	case d < 48*time.Hour:
		return fmt.Sprintf("%d hours ago", int(d.Hours()))
	}
	return days(d) + " ago"
}

func days(d time.Duration) string {
	n := int(d / (24 * time.Hour))
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// aboutChannels are the checks that one sentence tells together.
func aboutChannels(c gen.StartCheck) bool {
	return slices.Contains([]gen.StartCheckCode{gen.StartCheckCodeRig, gen.StartCheckCodeChannel, gen.StartCheckCodeChannelAvailable}, c.Code)
}

// refusal is the error of the first check that blocks. What channels lack is
// said all at once: the person who reads it stands in front of the box.
func refusal(checks []gen.StartCheck) error {
	var lacks []string
	var first *gen.StartCheck
	for i, c := range checks {
		if c.Severity != gen.CheckSeverityBlocks {
			continue
		}
		if first == nil {
			first = &checks[i]
		}
		if aboutChannels(c) && c.Role == first.Role {
			lacks = append(lacks, c.Message)
		}
	}
	if first == nil {
		return nil
	}
	if aboutChannels(*first) {
		return lab.FieldErrorf(first.Field, "Device %s cannot take the role %s. %s", first.DeviceID, first.Role, strings.Join(lacks, " "))
	}
	code := lab.Invalid
	switch first.Code {
	case gen.StartCheckCodeDeviceOnline, gen.StartCheckCodeDeviceFree, gen.StartCheckCodeSubjectFree:
		code = lab.State
	}
	return &lab.Error{Code: code, Field: first.Field, Message: strings.TrimSpace(first.Message + " " + first.Hint)}
}

// blocked reports whether a check blocks.
func blocked(checks []gen.StartCheck) bool {
	return slices.ContainsFunc(checks, func(c gen.StartCheck) bool { return c.Severity == gen.CheckSeverityBlocks })
}
