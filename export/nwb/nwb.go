// Package nwb writes files of Neurodata Without Borders: a session, its
// subject and devices, and tables of trials and events. It uses only types of
// the core schema 2.6.0 with hdmf-common 1.5.1, no extension; the schema itself
// is not copied into the file, readers bring it.
//
// It imports the standard library and export/hdf5. What was validated, and how,
// says docs/export.md.
package nwb

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/lics-lab/lics/export/hdf5"
)

// The versions of the schema that the file follows.
const (
	CoreVersion   = "2.6.0"
	CommonVersion = "1.5.1"
)

// File is a session. Texts that are empty are left out where the schema allows
// it.
type File struct {
	Identifier  string // unique among all files
	Description string
	Start       time.Time // zero of all times
	Created     time.Time // of the file

	SessionID     string
	Experimenters []string
	Experiment    string
	Protocol      string
	Notes         string
	Collection    string // how the data were collected
	Keywords      []string

	Subject   *Subject
	Devices   []Device
	Trials    *Table // times in which a trial was on
	Intervals []*Table
	Events    []*Table // of /acquisition
}

// Subject is whom the data are about.
type Subject struct {
	ID          string
	Description string
	Species     string // Latin, e.g. Mus musculus
	Sex         string // M, F, U or O
	BornOn      *time.Time
	Age         string // ISO 8601, e.g. P90D
	Weight      string // with its unit, e.g. 0.0245 kg
}

// Device is what recorded.
type Device struct {
	Name, Description string
}

// Table is a table with a row for each interval or event. The rows are numbered
// from 0.
type Table struct {
	Name        string
	Description string
	Columns     []Column
}

// Column is a column of a table.
type Column struct {
	Name        string
	Description string
	Values      *hdf5.Column
}

// Write writes the file. Nothing about it depends on the moment of writing:
// the same File gives the same bytes.
func (f *File) Write(w io.Writer) error {
	root := &hdf5.Group{}
	f.typed(root, "/", "core", "NWBFile")
	root.Attribute("nwb_version", hdf5.String(CoreVersion))

	root.Value("file_create_date", hdf5.Strings(stamp(f.Created)))
	root.Value("identifier", hdf5.String(f.Identifier))
	root.Value("session_description", hdf5.String(f.Description))
	root.Value("session_start_time", hdf5.String(stamp(f.Start)))
	root.Value("timestamps_reference_time", hdf5.String(stamp(f.Start)))

	acquisition := root.Group("acquisition")
	root.Group("analysis")
	root.Group("processing")
	stimulus := root.Group("stimulus")
	stimulus.Group("presentation")
	stimulus.Group("templates")

	f.general(root.Group("general"))
	for _, t := range f.Events {
		if err := f.table(acquisition, "/acquisition/", "hdmf-common", "DynamicTable", t); err != nil {
			return err
		}
	}
	if f.Trials != nil || len(f.Intervals) > 0 {
		intervals := root.Group("intervals")
		if f.Trials != nil {
			f.Trials.Name = "trials"
			if err := f.table(intervals, "/intervals/", "core", "TimeIntervals", f.Trials); err != nil {
				return err
			}
		}
		for _, t := range f.Intervals {
			if err := f.table(intervals, "/intervals/", "core", "TimeIntervals", t); err != nil {
				return err
			}
		}
	}
	return hdf5.Write(w, root)
}

func (f *File) general(g *hdf5.Group) {
	for _, t := range [...]struct{ name, value string }{
		{"session_id", f.SessionID},
		{"experiment_description", f.Experiment},
		{"protocol", f.Protocol},
		{"notes", f.Notes},
		{"data_collection", f.Collection},
	} {
		optional(g, t.name, t.value)
	}
	for _, t := range [...]struct {
		name   string
		values []string
	}{{"experimenter", f.Experimenters}, {"keywords", f.Keywords}} {
		if len(t.values) > 0 {
			g.Value(t.name, hdf5.Strings(t.values...))
		}
	}
	if len(f.Devices) > 0 {
		devices := g.Group("devices")
		names := names{}
		for _, d := range f.Devices {
			name := names.unique(d.Name)
			one := devices.Group(name)
			f.typed(one, "/general/devices/"+name, "core", "Device")
			one.Attribute("description", hdf5.String(d.Description))
			one.Attribute("manufacturer", hdf5.String("LICS"))
		}
	}
	if s := f.Subject; s != nil {
		subject := g.Group("subject")
		f.typed(subject, "/general/subject", "core", "Subject")
		if s.BornOn != nil {
			optional(subject, "date_of_birth", stamp(*s.BornOn))
		}
		if s.Age != "" {
			subject.Value("age", hdf5.String(s.Age)).Attribute("reference", hdf5.String("birth"))
		}
		optional(subject, "description", s.Description)
		optional(subject, "sex", s.Sex)
		optional(subject, "species", s.Species)
		optional(subject, "subject_id", s.ID)
		optional(subject, "weight", s.Weight)
	}
}

func optional(g *hdf5.Group, name, value string) {
	if value != "" {
		g.Value(name, hdf5.String(value))
	}
}

// table adds a DynamicTable or what is derived from it. Its columns must be of
// one length.
func (f *File) table(in *hdf5.Group, path, namespace, kind string, t *Table) error {
	g := in.Group(t.Name)
	path += t.Name
	f.typed(g, path, namespace, kind)
	g.Attribute("description", hdf5.String(t.Description))
	var rows uint64
	taken := names{"id": true}
	var colnames []string
	for i, c := range t.Columns {
		if i == 0 {
			rows = c.Values.Len()
		}
		if c.Values.Len() != rows {
			return fmt.Errorf("nwb: column %s of %s has %d rows and not %d", c.Name, path, c.Values.Len(), rows)
		}
		name := taken.unique(c.Name)
		colnames = append(colnames, name)
		d := g.Column(name, c.Values)
		f.typed(d, path+"/"+name, "hdmf-common", "VectorData")
		d.Attribute("description", hdf5.String(c.Description))
	}
	g.Attribute("colnames", hdf5.Strings(colnames...))
	ids := hdf5.NewInts()
	for i := range rows {
		if err := ids.Int(int64(i)); err != nil {
			return err
		}
	}
	f.typed(g.Column("id", ids), path+"/id", "hdmf-common", "ElementIdentifiers")
	return nil
}

// typed says what an object is. Its id is made from the file's and its path, so
// that the same file has the same ids.
func (f *File) typed(o hdf5.Object, path, namespace, kind string) {
	o.Attribute("namespace", hdf5.String(namespace))
	o.Attribute("neurodata_type", hdf5.String(kind))
	sum := sha256.Sum256([]byte("nwb object\x00" + f.Identifier + "\x00" + path))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // RFC 9562, version 8: of our own making
	h := hex.EncodeToString(id)
	o.Attribute("object_id", hdf5.String(strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")))
}

// stamp is a moment as the schema wants it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }

// names gives every object of a group a name of its own that the format takes.
type names map[string]bool

func (n names) unique(name string) string {
	name = strings.NewReplacer("/", "_", "\x00", "_", ":", "_").Replace(strings.ToValidUTF8(name, "_"))
	if len(name) > 200 {
		name = strings.ToValidUTF8(name[:200], "")
	}
	if name == "" || name == "." {
		name = "unnamed"
	}
	base := name
	for i := 2; n[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	n[name] = true
	return name
}
