package export

import (
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/lab"
)

// session is session.json: everything about a run that is not a row.
type session struct {
	Kind       string          `json:"kind"` // "lics.session"
	Format     int             `json:"format"`
	Run        sessionRun      `json:"run"`
	Subject    *sessionSubject `json:"subject"`
	Experiment *sessionStudy   `json:"experiment"`
	Protocol   sessionProtocol `json:"protocol"`
	Devices    []sessionDevice `json:"devices"`
	Versions   sessionVersions `json:"versions"`
	Recording  recording       `json:"recording"`
	Notes      []sessionNote   `json:"notes"`
	Files      []sessionFile   `json:"files,omitempty"`
}

type sessionRun struct {
	ID         string          `json:"id"`
	Status     lab.RunStatus   `json:"status"`
	Complete   bool            `json:"complete"` // the run is over; nothing will be added but notes
	Outcome    string          `json:"outcome"`
	Error      string          `json:"error"`
	Seed       int64           `json:"seed"`
	Parameters json.RawMessage `json:"parameters"`
	StartedBy  string          `json:"started_by"`
	CreatedAt  time.Time       `json:"created_at"`
	StartedAt  *time.Time      `json:"started_at"`
	EndedAt    *time.Time      `json:"ended_at"`
	DurationS  *float64        `json:"duration_s"`
}

type sessionSubject struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Species string `json:"species"`
	Sex     string `json:"sex"`
	BornOn  string `json:"born_on,omitempty"` // a date
	Cohort  string `json:"cohort"`
	// The weight of the day, if there is one.
	WeightGrams *float64   `json:"weight_g,omitempty"`
	WeighedAt   *time.Time `json:"weighed_at,omitempty"`
}

type sessionStudy struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

type sessionProtocol struct {
	Name      string    `json:"name"`
	Version   int       `json:"version"`
	VersionID string    `json:"version_id"`
	SHA256    string    `json:"sha256"` // of the canonical document
	Note      string    `json:"note,omitempty"`
	CreatedAt time.Time `json:"created_at"`
	CreatedBy string    `json:"created_by"`
}

type sessionDevice struct {
	Role         string                     `json:"role"`
	Device       string                     `json:"device"`
	Agent        string                     `json:"agent_version"`
	RigHash      string                     `json:"rig_hash"`
	RigNow       bool                       `json:"rig_as_of_export,omitempty"`
	Channels     map[string]string          `json:"channels,omitempty"`
	Calibrations map[string]json.RawMessage `json:"calibrations,omitempty"`
}

type sessionVersions struct {
	Exporter string `json:"exporter"` // LICS, when it wrote these files
	Agents   any    `json:"agents"`   // by device
	Protocol int    `json:"protocol"`
}

type sessionNote struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Text string    `json:"text"`
}

type sessionFile struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// describe is the session of a run whose rows r has seen.
func (r Run) describe(rec recording) session {
	run := r.Run
	s := session{
		Kind: "lics.session", Format: 1,
		Run: sessionRun{
			ID: run.ID, Status: run.Status, Complete: run.Status.Final(), Outcome: run.Outcome, Error: run.Error, Seed: run.Seed,
			Parameters: run.Parameters, StartedBy: run.StartedBy, CreatedAt: run.CreatedAt.UTC(), StartedAt: utc(run.StartedAt), EndedAt: utc(run.EndedAt),
		},
		Protocol: sessionProtocol{
			Name: run.ProtocolName, Version: r.Version.Number, VersionID: r.Version.ID, SHA256: r.Version.Hash, Note: r.Version.Note,
			CreatedAt: r.Version.CreatedAt.UTC(), CreatedBy: r.Version.CreatedBy,
		},
		Devices: []sessionDevice{}, Recording: rec, Notes: []sessionNote{},
	}
	if len(s.Run.Parameters) == 0 {
		s.Run.Parameters = json.RawMessage("{}")
	}
	if run.StartedAt != nil && run.EndedAt != nil {
		d := run.EndedAt.Sub(*run.StartedAt).Seconds()
		s.Run.DurationS = &d
	}
	if v := r.Subject; v != nil {
		s.Subject = &sessionSubject{ID: v.ID, Name: v.Name, Species: v.Species, Sex: v.Sex, Cohort: v.Cohort}
		if v.BornOn != nil {
			s.Subject.BornOn = v.BornOn.Format(time.DateOnly)
		}
		if w := r.Weight; w != nil {
			s.Subject.WeightGrams, s.Subject.WeighedAt = &w.Grams, utc(&w.At)
		}
	}
	if v := r.Experiment; v != nil {
		s.Experiment = &sessionStudy{v.ID, v.Name, v.Description}
	}
	agents := map[string]string{}
	for _, b := range r.Boxes {
		agents[b.Device] = b.Agent
		s.Devices = append(s.Devices, sessionDevice{b.Role, b.Device, b.Agent, b.Binding.Rig, b.RigNow, b.Channels, b.Calibrations})
	}
	s.Versions = sessionVersions{r.Exporter, agents, r.Version.Number}
	for _, n := range r.Notes {
		s.Notes = append(s.Notes, sessionNote{n.At.UTC(), n.By, n.Text})
	}
	return s
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}
