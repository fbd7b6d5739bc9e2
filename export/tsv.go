package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/lab"
)

// tsv is pyControl's layout. What pyControl does not know goes where its
// readers expect it: outputs, draws, trials and outcomes are events with a
// subtype of their own, the session level's events are info.
type tsv struct {
	w   *bufio.Writer
	run Run
}

func newTSV(w io.Writer, run Run) *tsv { return &tsv{bufio.NewWriter(w), run} }

func (t *tsv) begin() error {
	if _, err := t.w.WriteString("time\ttype\tsubtype\tcontent\n"); err != nil {
		return err
	}
	for _, info := range [][2]string{
		{"experiment_name", t.run.experimentName()},
		{"task_name", t.run.Run.ProtocolName},
		{"task_file_hash", t.run.Version.Hash},
		{"setup_id", devices(t.run.Run)},
		{"framework_version", "LICS"},
		{"run_id", t.run.Run.ID},
		{"protocol_version", strconv.Itoa(t.run.Version.Number)},
		{"seed", strconv.FormatInt(t.run.Run.Seed, 10)},
		{"subject_id", t.run.subjectName()},
		{"start_time", t.run.zero().UTC().Format("2006-01-02T15:04:05.000")},
	} {
		if err := t.line(0, "info", info[0], info[1]); err != nil {
			return err
		}
	}
	return t.line(0, "variable", "run_start", object(t.run.Run.Parameters))
}

func (t *tsv) row(at time.Duration, e lab.StreamEvent) error {
	if ev := e.Event; ev != nil {
		if ev.Kind == "variable" {
			return t.line(at, "variable", "session", pair(ev.Name, inner(ev.Body)))
		}
		return t.line(at, kindOf(ev), ev.Kind, describe(ev))
	}
	r := e.Row
	switch r.Kind {
	case "state":
		return t.line(at, "state", "", r.Name)
	case "event":
		return t.line(at, "event", "input", r.Name)
	case "print":
		return t.line(at, "print", "task", text(r.Value))
	case "variable":
		return t.line(at, "variable", "print", pair(r.Name, r.Value))
	case "warning":
		return t.line(at, "warning", r.Name, text(r.Value))
	case "output":
		content := r.Name + " " + text(r.Value)
		if ramp := rampText(r); ramp != "" {
			content += " ramp_s=" + ramp
		}
		if frequency := frequencyText(r); frequency != "" {
			content += " frequency_hz=" + frequency
		}
		return t.line(at, "event", "output", content)
	case "draw":
		return t.line(at, "variable", "draw", pair(r.Name, r.Value))
	case "trial":
		return t.line(at, "event", "trial", strconv.Itoa(r.Trial))
	}
	content := r.Name
	if v := text(r.Value); v != "" {
		content = strings.TrimSpace(content + " " + v)
	}
	return t.line(at, "event", r.Kind, content)
}

func (t *tsv) flush() error { return t.w.Flush() }

func (t *tsv) end(at time.Duration) error {
	if t.run.Run.EndedAt != nil {
		for _, info := range [][2]string{
			{"status", string(t.run.Run.Status)},
			{"outcome", t.run.Run.Outcome},
			{"error", t.run.Run.Error},
			{"end_time", t.run.Run.EndedAt.UTC().Format("2006-01-02T15:04:05.000")},
		} {
			if info[1] == "" {
				continue
			}
			if err := t.line(at, "info", info[0], info[1]); err != nil {
				return err
			}
		}
	}
	return t.w.Flush()
}

func (t *tsv) line(at time.Duration, kind, subtype, content string) error {
	_, err := fmt.Fprintf(t.w, "%s\t%s\t%s\t%s\n", seconds(at, 3), cell(kind), cell(subtype), cell(content))
	return err
}

// cell keeps a value from breaking the table.
func cell(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.NewReplacer("\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(s)
}

// seconds writes a time with some decimals, cut and not rounded: a row must not
// move behind the next one.
func seconds(d time.Duration, decimals int) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	fraction := fmt.Sprintf("%09d", d%time.Second)
	return sign + strconv.FormatInt(int64(d/time.Second), 10) + "." + fraction[:decimals]
}

func kindOf(e *lab.RunEvent) string {
	switch e.Kind {
	case "note":
		return "print"
	case "error", "device_lost", "step_failed":
		return "warning"
	}
	return "info"
}

// describe is an event of the session level in one cell: its place, its name,
// and its body.
func describe(e *lab.RunEvent) string {
	var parts []string
	for _, s := range []string{e.Node, e.Name, text(e.Body)} {
		if s != "" && s != "{}" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// text is a JSON value for people: a string without its quotes.
func text(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return object(raw)
}

// pair is a variable as pyControl writes it: an object with one key.
func pair(name string, v json.RawMessage) string {
	if len(v) == 0 {
		v = json.RawMessage("null")
	}
	b, err := json.Marshal(map[string]json.RawMessage{name: v})
	if err != nil {
		return name
	}
	return string(b)
}

// inner is the value in the body of a variable's event.
func inner(body json.RawMessage) json.RawMessage {
	var b struct {
		Value json.RawMessage `json:"value"`
	}
	if json.Unmarshal(body, &b) == nil && len(b.Value) > 0 {
		return b.Value
	}
	return body
}

// object is a JSON value on one line.
func object(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil || b.Len() == 0 {
		return "{}"
	}
	return b.String()
}

func devices(r lab.Run) string {
	var bindings []lab.Binding
	_ = json.Unmarshal(r.Bindings, &bindings) // without any, there are none
	names := make([]string, len(bindings))
	for i, b := range bindings {
		names[i] = b.Device
	}
	return strings.Join(names, ",")
}
