package export

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/lics-lab/lics/export/nwb"
)

// writeNWB writes a file of Neurodata Without Borders. Its size must be known
// before its first byte, so the columns wait in temporary files.
func writeNWB(ctx context.Context, w io.Writer, run Run, source Source) (err error) {
	events, states, found, rec := newNWBEvents(), newStates(), newTrials(), newRecording()
	defer found.close()
	defer states.close()
	trialTable, stateTable := newColumns(), newColumns()
	defer func() { err = errors.Join(err, events.columns.close(), trialTable.close(), stateTable.close()) }()

	if err := walk(ctx, run, source, events, states, found, rec); err != nil {
		return err
	}
	if err := found.nwb(trialTable); err != nil {
		return err
	}
	if err := states.nwb(stateTable); err != nil {
		return err
	}
	f, err := run.nwbFile(*rec)
	if err != nil {
		return err
	}
	f.Events = []*nwb.Table{{
		Name:        "events",
		Description: "Everything that was recorded, a row for each fact, in the order of time. The names of the columns are those of an EventsTable.",
		Columns:     events.columns.all,
	}}
	if found.done.len() > 0 {
		f.Trials = &nwb.Table{Description: "The trials of all tasks. A trial lasts until the next one of its task begins, or its task ends.", Columns: trialTable.all}
	}
	if states.done.len() > 0 {
		f.Intervals = []*nwb.Table{{Name: "states", Description: "Each visit of a state of a task's state machine.", Columns: stateTable.all}}
	}
	return f.Write(w)
}

func (r Run) nwbFile(rec recording) (*nwb.File, error) {
	s := r.describe(rec)
	collection, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, err
	}
	f := &nwb.File{
		Identifier:  r.Run.ID,
		Description: fmt.Sprintf("Run of the protocol %q, version %d, in LICS; status %s.", r.Run.ProtocolName, r.Version.Number, r.Run.Status),
		Start:       r.zero(), Created: r.made(),
		SessionID:  r.baseName(),
		Protocol:   fmt.Sprintf("%s, version %d, sha256 %s", r.Run.ProtocolName, r.Version.Number, r.Version.Hash),
		Collection: string(collection),
		Subject:    r.nwbSubject(),
	}
	if r.Run.StartedBy != "" {
		f.Experimenters = []string{r.Run.StartedBy}
	}
	if r.Experiment != nil {
		f.Experiment = strings.TrimSuffix(r.Experiment.Name+": "+r.Experiment.Description, ": ")
	}
	var notes strings.Builder
	for _, n := range r.Notes {
		fmt.Fprintf(&notes, "%s %s: %s\n", n.At.UTC().Format(time.RFC3339), n.By, n.Text)
	}
	f.Notes = notes.String()
	known := map[string]int{}
	for _, b := range r.Boxes {
		if i, twice := known[b.Device]; twice { // in two roles
			f.Devices[i].Description = "Role " + b.Role + "; " + f.Devices[i].Description
			continue
		}
		known[b.Device] = len(f.Devices)
		f.Devices = append(f.Devices, nwb.Device{
			Name: b.Device, Description: fmt.Sprintf("Role %s; LICS agent %s; rig %s", b.Role, orUnknown(b.Agent), orUnknown(b.Binding.Rig)),
		})
	}
	return f, nil
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func (r Run) nwbSubject() *nwb.Subject {
	v := r.Subject
	if v == nil {
		return nil
	}
	s := &nwb.Subject{ID: v.Name, Species: v.Species, Sex: nwbSex(v.Sex)}
	if v.Cohort != "" {
		s.Description = "Cohort " + v.Cohort
	}
	if v.BornOn != nil {
		s.BornOn = v.BornOn
		if days := int(r.zero().Sub(*v.BornOn).Hours() / 24); days >= 0 {
			s.Age = fmt.Sprintf("P%dD", days)
		}
	}
	if r.Weight != nil {
		s.Weight = fmt.Sprintf("%.4f kg", r.Weight.Grams/1000)
	}
	return s
}

// nwbSex is the letter that the format wants; U when the lab's word is none of
// the usual ones.
func nwbSex(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "m", "male", "♂":
		return "M"
	case "f", "female", "♀":
		return "F"
	case "o", "other":
		return "O"
	}
	return "U"
}
