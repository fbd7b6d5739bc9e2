package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
)

// Field is a value that a person fills in. The limits are float expressions;
// those of a duration are in seconds.
type Field struct {
	Variable string `json:"variable"` // receives the value, and says its type
	Label    string `json:"label,omitempty"`
	Help     string `json:"help,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Required bool   `json:"required,omitempty"`
	// A value outside Minimum and Maximum is refused. One outside what is
	// plausible has to be confirmed.
	Minimum          string   `json:"minimum,omitempty"`
	Maximum          string   `json:"maximum,omitempty"`
	PlausibleMinimum string   `json:"plausible_minimum,omitempty"`
	PlausibleMaximum string   `json:"plausible_maximum,omitempty"`
	Options          []string `json:"options,omitempty"` // as package expr's ParseText reads them
	// Keep says what the value is besides: KeepWeight.
	Keep string `json:"keep,omitempty"`
}

// KeepWeight makes a value the weight of the run's subject, in grams.
const KeepWeight = "weight"

// FormField is a Field as a person sees it: its limits are computed.
type FormField struct {
	Name             string   `json:"name"`
	Type             string   `json:"type"` // as package expr writes it
	Label            string   `json:"label,omitempty"`
	Help             string   `json:"help,omitempty"`
	Unit             string   `json:"unit,omitempty"`
	Required         bool     `json:"required,omitempty"`
	Minimum          *float64 `json:"minimum,omitempty"`
	Maximum          *float64 `json:"maximum,omitempty"`
	PlausibleMinimum *float64 `json:"plausible_minimum,omitempty"`
	PlausibleMaximum *float64 `json:"plausible_maximum,omitempty"`
	Options          []string `json:"options,omitempty"`
	Keep             string   `json:"keep,omitempty"`
}

// Form is what a person fills in.
type Form []FormField

// FormError says which field of a form is not filled in as it should be.
type FormError struct {
	Name    string // of the field
	Message string
	// Implausible values are accepted when they are confirmed.
	Implausible bool
}

func (e *FormError) Error() string { return e.Message }

// Fill reads what a person gave, by the names of the fields. The error is a
// *FormError.
//
//workflowcheck:ignore
func (f Form) Fill(given map[string]json.RawMessage, confirmed bool) (map[string]expr.Value, error) {
	for _, name := range sorted(given) {
		if !slices.ContainsFunc(f, func(x FormField) bool { return x.Name == name }) {
			return nil, &FormError{Name: name, Message: fmt.Sprintf("The form has no field %q.", name)}
		}
	}
	values := map[string]expr.Value{}
	for _, x := range f {
		raw := given[x.Name]
		if len(raw) == 0 || string(raw) == "null" {
			if x.Required {
				return nil, &FormError{Name: x.Name, Message: x.title() + " is needed."}
			}
			continue
		}
		v, err := x.read(raw, confirmed)
		if err != nil {
			return nil, err
		}
		values[x.Name] = v
	}
	return values, nil
}

func (x FormField) read(raw json.RawMessage, confirmed bool) (expr.Value, error) {
	t, err := expr.ParseType(x.Type)
	if err != nil {
		return expr.Value{}, &FormError{Name: x.Name, Message: err.Error()}
	}
	v, err := expr.Decode(t, raw)
	if err != nil {
		return expr.Value{}, &FormError{Name: x.Name, Message: x.title() + ": " + err.Error() + "."}
	}
	if x.Required && t == expr.String && strings.TrimSpace(v.Str()) == "" {
		return expr.Value{}, &FormError{Name: x.Name, Message: x.title() + " is needed."}
	}
	if len(x.Options) > 0 && !slices.ContainsFunc(x.Options, func(o string) bool {
		w, err := expr.ParseText(t, o)
		return err == nil && w.Equal(v)
	}) {
		return expr.Value{}, &FormError{Name: x.Name, Message: fmt.Sprintf("%s is %s, and must be one of %s.", x.title(), v, strings.Join(x.Options, ", "))}
	}
	var n float64
	switch t {
	case expr.Int, expr.Float:
		n = v.Float()
	case expr.Duration:
		n = v.Duration().Seconds()
	default:
		return v, nil
	}
	if outside(n, x.Minimum, x.Maximum) {
		return expr.Value{}, &FormError{Name: x.Name, Message: fmt.Sprintf("%s is %s, and must be %s.", x.title(), v, x.between(x.Minimum, x.Maximum))}
	}
	if outside(n, x.PlausibleMinimum, x.PlausibleMaximum) && !confirmed {
		return expr.Value{}, &FormError{
			Name: x.Name, Implausible: true,
			Message: fmt.Sprintf("%s is %s, and usually %s. Look again; if it is right, confirm it.", x.title(), v, x.between(x.PlausibleMinimum, x.PlausibleMaximum)),
		}
	}
	return v, nil
}

func outside(n float64, low, high *float64) bool {
	return low != nil && n < *low || high != nil && n > *high
}

func (x FormField) between(low, high *float64) string {
	unit := ""
	if x.Unit != "" {
		unit = " " + x.Unit
	}
	switch {
	case low == nil:
		return fmt.Sprintf("at most %g%s", *high, unit)
	case high == nil:
		return fmt.Sprintf("at least %g%s", *low, unit)
	}
	return fmt.Sprintf("between %g and %g%s", *low, *high, unit)
}

func (x FormField) title() string {
	if x.Label != "" {
		return x.Label
	}
	return x.Name
}

// resolve evaluates what a person is asked.
func (h *Human) resolve(ix *index, step *Step) ([]source, func([]expr.Value) error) {
	step.Title, step.Choices, step.Asked, step.Sign = h.Title, h.Choices, h.Role, h.Sign
	step.EscalateTo = h.EscalateTo
	sources := []source{{text: h.Text, template: true}}
	var use []func(v expr.Value) error
	duration := func(text string, into func(v expr.Value) error) {
		if text != "" {
			sources = append(sources, source{text: text, want: expr.Duration})
			use = append(use, into)
		}
	}
	duration(h.Timeout, func(v expr.Value) (err error) {
		step.Duration, err = positive(v)
		step.Duration = max(step.Duration, ShortestWait)
		return err
	})
	duration(h.Remind, func(v expr.Value) (err error) {
		step.Remind, err = positive(v)
		step.Remind = max(step.Remind, shortestReminder)
		return err
	})
	duration(h.Escalate, func(v expr.Value) (err error) {
		step.Escalate, err = positive(v)
		step.Escalate = max(step.Escalate, ShortestWait)
		return err
	})
	step.Form = make(Form, 0, len(h.Form)) // pointers into it must stay
	for _, f := range h.Form {
		_, t, _ := ix.names.Lookup(f.Variable)
		step.Form = append(step.Form, FormField{
			Name: f.Variable, Type: t.String(), Label: f.Label, Help: f.Help, Unit: f.Unit, Required: f.Required, Options: f.Options, Keep: f.Keep,
		})
		x := &step.Form[len(step.Form)-1]
		for _, limit := range []struct {
			text string
			into **float64
		}{{f.Minimum, &x.Minimum}, {f.Maximum, &x.Maximum}, {f.PlausibleMinimum, &x.PlausibleMinimum}, {f.PlausibleMaximum, &x.PlausibleMaximum}} {
			if limit.text == "" {
				continue
			}
			into := limit.into
			sources = append(sources, source{text: limit.text, want: expr.Float})
			use = append(use, func(v expr.Value) error {
				n := v.Float()
				*into = &n
				return nil
			})
		}
	}
	return sources, func(values []expr.Value) error {
		step.Text = values[0].Str()
		for i, f := range use {
			if err := f(values[i+1]); err != nil {
				return err
			}
		}
		return nil
	}
}

func (h *Human) check(variables func(...string) error) error {
	for _, f := range h.Form {
		if f.Variable == "" {
			return errors.New("a field without a variable")
		}
		if err := variables(f.Variable); err != nil {
			return err
		}
	}
	return variables(h.Variable)
}
