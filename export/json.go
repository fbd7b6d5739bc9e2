package export

import (
	"bufio"
	"encoding/json"
	"io"
	"time"

	"github.com/lics-lab/lics/lab"
)

type jsonLines struct {
	w   *bufio.Writer
	enc *json.Encoder
	run Run
}

func newJSON(w io.Writer, run Run) *jsonLines {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return &jsonLines{b, enc, run}
}

// header is the first line.
type header struct {
	Kind         string          `json:"kind"` // "run"
	ID           string          `json:"id"`
	Protocol     string          `json:"protocol"`
	Version      int             `json:"version"`
	Hash         string          `json:"hash"`
	Subject      string          `json:"subject,omitempty"`
	Experiment   string          `json:"experiment,omitempty"`
	Status       lab.RunStatus   `json:"status"`
	Outcome      string          `json:"outcome,omitempty"`
	Error        string          `json:"error,omitempty"`
	Seed         int64           `json:"seed"`
	Parameters   json.RawMessage `json:"parameters,omitempty"`
	Devices      json.RawMessage `json:"devices,omitempty"`
	StartedBy    string          `json:"started_by"`
	CreatedAt    time.Time       `json:"created_at"`
	StartedAt    *time.Time      `json:"started_at,omitempty"`
	EndedAt      *time.Time      `json:"ended_at,omitempty"`
	FormatNumber int             `json:"format"`
}

// line is a row.
type line struct {
	Time       json.Number     `json:"time_s"`
	At         time.Time       `json:"at"`
	Source     string          `json:"source"`
	Kind       string          `json:"kind"`
	Name       string          `json:"name,omitempty"`
	Value      json.RawMessage `json:"value,omitempty"`
	Node       string          `json:"node,omitempty"`
	Trial      int             `json:"trial,omitempty"`
	TaskTimeNS *int64          `json:"task_time_ns,omitempty"`
	Device     string          `json:"device,omitempty"`
	Boot       string          `json:"boot,omitempty"`
	Seq        int64           `json:"seq"`
	Command    string          `json:"command,omitempty"`
	Ramp       json.Number     `json:"ramp_s,omitempty"`
	Frequency  json.Number     `json:"frequency_hz,omitempty"`
}

func (j *jsonLines) begin() error {
	r := j.run.Run
	return j.enc.Encode(header{
		Kind: "run", FormatNumber: 1, ID: r.ID, Protocol: r.ProtocolName, Version: j.run.Version.Number, Hash: j.run.Version.Hash,
		Subject: j.run.subjectName(), Experiment: j.run.experimentName(), Status: r.Status, Outcome: r.Outcome, Error: r.Error,
		Seed: r.Seed, Parameters: r.Parameters, Devices: r.Bindings, StartedBy: r.StartedBy,
		CreatedAt: r.CreatedAt, StartedAt: r.StartedAt, EndedAt: r.EndedAt,
	})
}

func (j *jsonLines) row(at time.Duration, e lab.StreamEvent) error {
	l := line{Time: json.Number(seconds(at, 9)), At: e.At().UTC()}
	if ev := e.Event; ev != nil {
		l.Source, l.Kind, l.Name, l.Value, l.Node, l.Seq = "run", ev.Kind, ev.Name, ev.Body, ev.Node, ev.Seq
		return j.enc.Encode(l)
	}
	r := e.Row
	since := r.T.Nanoseconds()
	l.Source, l.Kind, l.Name, l.Value, l.Node, l.Trial = "device", r.Kind, r.Name, r.Value, r.Node, r.Trial
	l.TaskTimeNS, l.Device, l.Boot, l.Seq, l.Command = &since, r.Device, r.Boot, r.Seq, r.Command
	l.Ramp, l.Frequency = json.Number(rampText(r)), json.Number(frequencyText(r))
	return j.enc.Encode(l)
}

func (j *jsonLines) flush() error { return j.w.Flush() }

func (j *jsonLines) end(time.Duration) error { return j.w.Flush() }
