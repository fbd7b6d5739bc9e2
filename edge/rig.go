package edge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// maxChannels bounds a rig.
const maxChannels = 256

// Rig is the hardware definition of one device, as people write it in YAML.
type Rig struct {
	Name     string         `yaml:"name" json:"name"`
	Channels []RigChannel   `yaml:"channels" json:"channels"`
	Animal   map[string]any `yaml:"animal,omitempty" json:"animal,omitempty"` // for the simulator
}

// RigChannel is one named line.
type RigChannel struct {
	Name        string         `yaml:"name" json:"name"`
	Direction   task.Direction `yaml:"direction" json:"direction"`
	Driver      string         `yaml:"driver" json:"driver"`
	Description string         `yaml:"description,omitempty" json:"-"`
	Pin         string         `yaml:"pin,omitempty" json:"pin,omitempty"`
	Address     string         `yaml:"address,omitempty" json:"address,omitempty"`
	Polarity    string         `yaml:"polarity,omitempty" json:"polarity,omitempty"` // active_high (default) or active_low
	Pull        string         `yaml:"pull,omitempty" json:"pull,omitempty"`         // up, down or none
	Debounce    time.Duration  `yaml:"debounce,omitempty" json:"debounce,omitempty"`
	// Safe is the level an output has whenever nobody drives it.
	Safe float64 `yaml:"safe,omitempty" json:"safe,omitempty"`
	// MaxOn is how long an output may be away from Safe; 0 is no limit.
	MaxOn time.Duration `yaml:"max_on,omitempty" json:"max_on,omitempty"`
	// PWM says that the part may be driven by pulse-width modulation: dimmed,
	// in a ramp, at a frequency.
	PWM bool `yaml:"pwm,omitempty" json:"pwm,omitempty"`
	// Calibration is used where a command brings none.
	Calibration []RigPoint `yaml:"calibration,omitempty" json:"calibration,omitempty"`
}

// RigPoint is one point of a valve's curve.
type RigPoint struct {
	Microlitres float64       `yaml:"microlitres" json:"microlitres"`
	Open        time.Duration `yaml:"open" json:"open"`
}

// curve is the channel's own calibration, or nil.
func (c RigChannel) curve() *task.Calibration {
	if len(c.Calibration) == 0 {
		return nil
	}
	cal := task.Calibration{ID: "rig"}
	for _, p := range c.Calibration {
		cal.Points = append(cal.Points, task.CalibrationPoint{Microlitres: p.Microlitres, Open: p.Open})
	}
	return &cal
}

// ParseRig reads a rig. An error names the line and what to write instead.
func ParseRig(text []byte) (rig *Rig, err error) {
	// The text may come from the broker, and the YAML library has been seen to
	// panic on hostile ones.
	defer func() {
		if p := recover(); p != nil {
			rig, err = nil, fmt.Errorf("rig: it cannot be read: %v", p)
		}
	}()
	if len(text) > wire.MaxConfigBytes {
		return nil, fmt.Errorf("the rig has %d bytes, %d are allowed", len(text), wire.MaxConfigBytes)
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, fmt.Errorf("rig: %s", yaml.FormatError(err, false, false))
	}
	var aliases anchors
	for _, doc := range file.Docs {
		if doc.Body != nil {
			ast.Walk(&aliases, doc.Body)
		}
	}
	if aliases.line > 0 {
		return nil, fmt.Errorf("rig: line %d: anchors are not allowed here; write it out", aliases.line)
	}
	r := &Rig{}
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(r)
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the rig is empty")
	}
	if err != nil {
		return nil, fmt.Errorf("rig: %s", yaml.FormatError(err, false, false))
	}
	if err := r.validate(file); err != nil {
		return nil, err
	}
	return r, nil
}

// anchors finds the first anchor: a few lines of them can unfold to gigabytes.
type anchors struct{ line int }

func (a *anchors) Visit(n ast.Node) ast.Visitor {
	if n != nil && n.Type() == ast.AnchorType && a.line == 0 {
		a.line = n.GetToken().Position.Line
	}
	return a
}

var channelName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// validate checks what the types do not say.
func (r *Rig) validate(file *ast.File) error {
	var errs []error
	report := func(path, format string, args ...any) {
		msg := fmt.Sprintf(format, args...)
		if line := lineOf(file, path); line > 0 {
			msg = fmt.Sprintf("line %d: %s", line, msg)
		}
		errs = append(errs, errors.New("rig: "+msg))
	}
	if r.Name == "" {
		report("$", "give it a name, like `name: box-3`")
	}
	if len(r.Channels) == 0 {
		report("$", "it has no channels")
	}
	if len(r.Channels) > maxChannels {
		report("$.channels", "%d channels are too many, %d are allowed", len(r.Channels), maxChannels)
		return errors.Join(errs...)
	}
	seen := map[string]bool{}
	for i := range r.Channels {
		c := &r.Channels[i]
		at := fmt.Sprintf("$.channels[%d]", i)
		bad := func(field, format string, args ...any) {
			report(at+field, "channel %q: "+format, append([]any{c.Name}, args...)...)
		}
		if !channelName.MatchString(c.Name) {
			bad("", "a name is a lower-case letter, then letters, digits and _")
		}
		if seen[c.Name] {
			bad(".name", "the name is used twice")
		}
		seen[c.Name] = true
		c.validate(bad)
	}
	return errors.Join(errs...)
}

func (c *RigChannel) validate(bad func(field, format string, args ...any)) {
	if c.Direction != task.In && c.Direction != task.Out {
		bad("", "direction is %q, use in or out", c.Direction)
	}
	if c.Driver == "" {
		bad("", "it has no driver")
	}
	switch c.Polarity {
	case "", "active_high", "active_low":
	default:
		bad(".polarity", "polarity is %q, use active_high or active_low", c.Polarity)
	}
	switch c.Pull {
	case "", "up", "down", "none":
	default:
		bad(".pull", "pull is %q, use up, down or none", c.Pull)
	}
	if math.IsNaN(c.Safe) || math.IsInf(c.Safe, 0) {
		bad(".safe", "safe is not a number")
	}
	if c.MaxOn < 0 || c.Debounce < 0 {
		bad("", "a duration is negative")
	}
	if c.Direction == task.In && (c.Safe != 0 || c.MaxOn != 0 || len(c.Calibration) > 0) {
		bad("", "safe, max_on and calibration are for outputs")
	}
	if c.Direction == task.In && c.PWM {
		bad(".pwm", "pwm is for outputs")
	}
	if c.Direction == task.Out && c.Debounce != 0 {
		bad(".debounce", "debounce is for inputs")
	}
	if cal := c.curve(); cal != nil {
		if err := cal.Validate(); err != nil {
			bad(".calibration", "calibration: %v", err)
		}
	}
}

// lineOf is the line of the node at path, 0 when there is none.
func lineOf(file *ast.File, path string) int {
	p, err := yaml.PathString(path)
	if err != nil {
		return 0
	}
	node, err := p.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	return node.GetToken().Position.Line
}

// Hash names the rig's content; comments, order of keys and spelling of
// durations do not change it.
func (r *Rig) Hash() string {
	b, err := json.Marshal(r)
	if err != nil { // an animal section that is no JSON
		b = fmt.Append(nil, *r)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
