package graph

import (
	"context"
	"encoding/json"
	"math"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// status is a device's last word about itself. The store keeps what it cannot
// read as well; the zero value says that nothing is known.
func status(d *lab.Device) wire.Status {
	var s wire.Status
	if len(d.Status) > 0 {
		_ = json.Unmarshal(d.Status, &s)
	}
	return s
}

func moment(ns int64) *time.Time {
	if ns == 0 {
		return nil
	}
	t := time.Unix(0, ns)
	return &t
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// nanoseconds is a duration given in milliseconds, at most what a Duration holds.
func nanoseconds(ms float64) time.Duration {
	const most = float64(math.MaxInt64 / int64(time.Millisecond))
	return time.Duration(max(-most, min(most, ms)) * float64(time.Millisecond))
}

// hardware is the rig of a device: from its last word, or, when that was a
// last will, from the one it had before.
func (r *Resolver) hardware(ctx context.Context, d *lab.Device) (*wire.Rig, error) {
	if rig := status(d).Rig; rig != nil {
		return rig, nil
	}
	if d.RigHash == "" {
		return nil, nil //nolint:nilnil // it has not said yet
	}
	kept, err := optional(r.Store.Rig(ctx, d.Organisation, d.RigHash))
	if err != nil || kept == nil {
		return nil, err
	}
	rig := &wire.Rig{}
	if err := json.Unmarshal(kept.Document, rig); err != nil {
		return nil, err
	}
	return rig, nil
}

func (r *Resolver) rig(ctx context.Context, d *lab.Device) (*gen.Rig, error) {
	rig, err := r.hardware(ctx, d)
	if err != nil || rig == nil {
		return nil, err
	}
	curves, err := r.curves(ctx, d.Organisation, d.ID)
	if err != nil {
		return nil, err
	}
	out := &gen.Rig{Name: rig.Name, Hash: rig.Hash, Channels: make([]gen.RigChannel, len(rig.Channels))}
	for i, c := range rig.Channels {
		out.Channels[i] = gen.RigChannel{
			Name: c.Name, Direction: direction(c.Direction), Available: c.Unavailable == "", Safe: c.Safe,
		}
		if c.Unavailable != "" {
			out.Channels[i].Unavailable = &c.Unavailable
		}
		if c.MaxOn > 0 {
			ms := milliseconds(c.MaxOn)
			out.Channels[i].MaxOnMs = &ms
		}
		if curve, ok := curves[c.Name]; ok {
			out.Channels[i].Calibration = &curve
		}
		if own := c.Calibration; own != nil {
			out.Channels[i].RigCalibration = &gen.RigCalibration{ID: own.ID, Points: shown(own.Points)}
		}
	}
	return out, nil
}

// curves are a device's present calibrations by channel.
func (r *Resolver) curves(ctx context.Context, org, device string) (map[string]lab.Calibration, error) {
	all, err := r.Store.Calibrations(ctx, org, device)
	if err != nil {
		return nil, err
	}
	by := make(map[string]lab.Calibration, len(all))
	for _, c := range all {
		by[c.Channel] = c
	}
	return by, nil
}

func points(raw json.RawMessage) ([]gen.CalibrationPoint, error) {
	var ps []task.CalibrationPoint
	if err := json.Unmarshal(raw, &ps); err != nil {
		return nil, err
	}
	return shown(ps), nil
}

func shown(ps []task.CalibrationPoint) []gen.CalibrationPoint {
	out := make([]gen.CalibrationPoint, len(ps))
	for i, p := range ps {
		out[i] = gen.CalibrationPoint{Microlitres: p.Microlitres, OpenMs: milliseconds(p.Open)}
	}
	return out
}

// calibration checks what was measured.
func (r *Resolver) calibration(ctx context.Context, u lab.User, in gen.SaveCalibrationInput) (lab.Calibration, error) {
	d, err := r.Store.Device(ctx, u.Organisation, in.Device)
	if err != nil {
		return lab.Calibration{}, err
	}
	rig, err := r.hardware(ctx, &d)
	if err != nil {
		return lab.Calibration{}, err
	}
	if c := channel(rig, in.Channel); rig != nil && (c == nil || c.Direction != task.Out) {
		return lab.Calibration{}, lab.FieldErrorf("channel", "Device %s has no output %s.", d.ID, in.Channel)
	}
	if len(in.Points) < 2 {
		return lab.Calibration{}, lab.FieldErrorf("points", "A curve needs at least two points.")
	}
	ps := make([]task.CalibrationPoint, len(in.Points))
	for i, p := range in.Points {
		ps[i] = task.CalibrationPoint{Microlitres: p.Microlitres, Open: nanoseconds(p.OpenMs)}
		if p.Microlitres <= 0 || p.OpenMs <= 0 ||
			i > 0 && (ps[i].Microlitres <= ps[i-1].Microlitres || ps[i].Open <= ps[i-1].Open) {
			return lab.Calibration{}, lab.FieldErrorf("points", "Volumes and times must be above 0 and grow from point to point.")
		}
	}
	raw, err := json.Marshal(ps)
	if err != nil {
		return lab.Calibration{}, err
	}
	return lab.Calibration{
		Organisation: u.Organisation, Device: d.ID, Channel: in.Channel, Points: raw,
		MeasuredAt: value(in.MeasuredAt), MeasuredBy: u.Name,
	}, nil
}

func channel(rig *wire.Rig, name string) *wire.RigChannel {
	if rig == nil {
		return nil
	}
	for i := range rig.Channels {
		if rig.Channels[i].Name == name {
			return &rig.Channels[i]
		}
	}
	return nil
}

// handTimeout is how long a person waits for a device beyond the length of a
// pulse; as long as that a lost command is sent again.
const handTimeout = 10 * time.Second

func (r *Resolver) sendDeviceCommand(ctx context.Context, u lab.User, in gen.SendDeviceCommandInput) (gen.SendDeviceCommandPayload, error) {
	var none gen.SendDeviceCommandPayload
	d, err := r.Store.Device(ctx, u.Organisation, in.Device)
	if err != nil {
		return none, err
	}
	cmd, err := r.command(ctx, d, in)
	if err != nil {
		return none, err
	}
	if r.Commander == nil {
		return none, lab.Errorf(lab.Unavailable, "This server has no connection to devices.")
	}
	patience := handTimeout
	if in.Verb == gen.DeviceVerbPulse {
		patience += nanoseconds(value(in.DurationMs))
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd.Deadline = time.Now().Add(handTimeout).UnixMilli()
	r.audit(ctx, u, "send_device_command", d.ID, in)
	reply, err := r.Commander.Do(ctx, d.ID, cmd)
	if err != nil {
		return none, unheard(d, err)
	}
	return answered(reply), nil
}

func unheard(d lab.Device, err error) error {
	if lab.CodeOf(err) != lab.Internal {
		return err
	}
	return lab.Errorf(lab.Unavailable, "Device %s did not answer. Nobody knows whether it heard; with the same key, asking again is safe.", d.ID)
}

func answered(reply wire.Reply) gen.SendDeviceCommandPayload {
	p := gen.SendDeviceCommandPayload{Result: reply.Result}
	switch reply.State {
	case wire.Done:
		p.State = gen.CommandStateDone
	case wire.Refused:
		p.State = gen.CommandStateRefused
	case wire.Interrupted:
		p.State = gen.CommandStateInterrupted
	default:
		p.State = gen.CommandStateFailed
	}
	if reply.Reason != nil {
		p.ReasonCode, p.Reason = &reply.Reason.Code, &reply.Reason.Message
	}
	return p
}

// command makes the message. Its id holds the device, so that a key may be
// used for several.
func (r *Resolver) command(ctx context.Context, d lab.Device, in gen.SendDeviceCommandInput) (wire.Command, error) {
	key := value(in.Key)
	if key == "" {
		key = uuid.NewString()
	}
	cmd := wire.Command{V: wire.Major, ID: "hand/" + d.ID + "/" + key}
	length, name := nanoseconds(value(in.DurationMs)), value(in.Channel)
	if length < 0 {
		return cmd, lab.FieldErrorf("durationMs", "A duration is not negative.")
	}
	var body any
	switch in.Verb {
	case gen.DeviceVerbPing:
		cmd.Verb = wire.VerbPing
	case gen.DeviceVerbSafe:
		cmd.Verb, body = wire.VerbSafe, wire.SafeBody{ByHand: true}
	case gen.DeviceVerbRead:
		cmd.Verb, body = wire.VerbRead, wire.ReadBody{Channel: name}
	case gen.DeviceVerbSet:
		b := wire.SetBody{Channel: name, Level: 1, MaxOn: length, WhileWatched: in.WhileWatched}
		if length == 0 {
			limit, err := r.handLimit(ctx, d, name)
			if err != nil {
				return cmd, err
			}
			b.MaxOn = limit
		}
		if in.Level != nil {
			b.Level = *in.Level
		}
		cmd.Verb, body = wire.VerbSet, b
	case gen.DeviceVerbPulse:
		b := wire.PulseBody{Channel: name, Level: value(in.Level), Duration: length, Microlitres: value(in.Microlitres)}
		if (b.Duration > 0) == (b.Microlitres > 0) {
			return cmd, lab.FieldErrorf("durationMs", "A pulse needs a duration or a volume, not both.")
		}
		if b.Microlitres > 0 {
			curves, err := r.curves(ctx, d.Organisation, d.ID)
			if err != nil {
				return cmd, err
			}
			c, ok := curves[name]
			if !ok {
				return cmd, uncalibrated(d.ID, name)
			}
			if b.Calibration, err = curve(c); err != nil {
				return cmd, err
			}
		}
		cmd.Verb, body = wire.VerbPulse, b
	}
	if body == nil {
		return cmd, nil
	}
	if name == "" && cmd.Verb != wire.VerbSafe {
		return cmd, lab.FieldErrorf("channel", "Say which channel.")
	}
	raw, err := json.Marshal(body)
	cmd.Body = raw
	return cmd, err
}

// handOn is how long an output stays on that somebody set by hand and forgot.
const handOn = time.Minute

// handLimit is handOn, or what the rig allows when that is less.
func (r *Resolver) handLimit(ctx context.Context, d lab.Device, name string) (time.Duration, error) {
	rig, err := r.hardware(ctx, &d)
	if err != nil {
		return 0, err
	}
	if c := channel(rig, name); c != nil && c.MaxOn > 0 {
		return min(handOn, c.MaxOn), nil
	}
	return handOn, nil
}

func uncalibrated(device, channel string) error {
	return lab.FieldErrorf("devices", "Channel %s of device %s has no calibration. Measure its volumes and add one with saveCalibration.", channel, device)
}

// curve is a stored calibration as devices take it.
func curve(c lab.Calibration) (*task.Calibration, error) {
	out := &task.Calibration{ID: c.ID}
	return out, json.Unmarshal(c.Points, &out.Points)
}
