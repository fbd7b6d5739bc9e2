package export

import (
	"encoding/json"
	"time"

	"github.com/lics-lab/lics/lab"
)

// Run is what an export says about the run as a whole.
type Run struct {
	Run        lab.Run
	Version    lab.ProtocolVersion // that it ran, with the exact document
	Subject    *lab.Subject
	Experiment *lab.Experiment
	Weight     *lab.Weight // of the subject, the last before the end of the run
	Boxes      []Box       // in the order of the run's bindings
	Notes      []lab.Note  // in the order of their times
	Exporter   string      // the version of LICS that writes the files
}

// Box is a device of the run, with the hardware it had.
type Box struct {
	lab.Binding
	// Rig is a wire.Rig; nil when the device never said what it has.
	Rig json.RawMessage
	// RigNow is set when the run was started before runs wrote down which rig
	// they had: Rig is the device's present one.
	RigNow bool
}

// FileName is {subject}-{date-time} and the extension, as pyControl names its
// files. The subject is left out when there is none. Files of one table are
// told apart by a word before the extension.
func (r Run) FileName(f Format, t Table) string {
	name := r.baseName()
	if t == Trials {
		name += "-trials"
	}
	return name + f.Extension()
}

func (r Run) baseName() string {
	name := r.zero().UTC().Format("2006-01-02-150405")
	if r.Subject != nil && r.Subject.Name != "" {
		name = fileSafe(r.Subject.Name) + "-" + name
	}
	return name
}

func fileSafe(s string) string {
	b := []rune(s)
	for i, c := range b {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '.' {
			b[i] = '_'
		}
	}
	return string(b)
}

func (r Run) subjectName() string {
	if r.Subject == nil {
		return ""
	}
	return r.Subject.Name
}

func (r Run) experimentName() string {
	if r.Experiment == nil {
		return ""
	}
	return r.Experiment.Name
}

// zero is the zero of the times.
func (r Run) zero() time.Time {
	if r.Run.StartedAt != nil {
		return *r.Run.StartedAt
	}
	return r.Run.CreatedAt
}

// made is the date of the files: the end of the run and not the moment of the
// export, so that the export of a finished run has the same bytes every time.
func (r Run) made() time.Time {
	if r.Run.EndedAt != nil {
		return *r.Run.EndedAt
	}
	return r.zero()
}
