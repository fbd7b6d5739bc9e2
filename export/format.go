package export

import (
	"slices"
	"strings"

	"github.com/lics-lab/lics/lab"
)

// Format is how a record is written.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	TSV     Format = "tsv"
	JSON    Format = "json"
	Parquet Format = "parquet"
	Folder  Format = "folder"
	NWB     Format = "nwb"
)

// Formats lists every format, the simplest first.
func Formats() []Format { return []Format{CSV, TSV, JSON, Parquet, Folder, NWB} }

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	if f := Format(s); slices.Contains(Formats(), f) {
		return f, nil
	}
	names := make([]string, len(Formats()))
	for i, f := range Formats() {
		names[i] = string(f)
	}
	return "", lab.FieldErrorf("format", "There is no format %q; choose %s or %s.", s,
		strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// Table is what the rows of a file are.
type Table string

// The tables. Events has a row for everything recorded; Trials one for each
// trial.
const (
	Events Table = "events"
	Trials Table = "trials"
)

// ParseTable reads the name of a table for a format. Empty is Events.
func ParseTable(s string, f Format) (Table, error) {
	switch t := Table(s); {
	case s == "" || t == Events:
		return Events, nil
	case t != Trials:
		return "", lab.FieldErrorf("table", "There is no table %q; choose events or trials.", s)
	case f != CSV && f != Parquet:
		return "", lab.FieldErrorf("table", "The format %s has no separate table of trials; choose csv or parquet, or folder or nwb, which hold both tables.", f)
	}
	return Trials, nil
}

// ContentType is the format's media type.
func (f Format) ContentType() string {
	switch f {
	case TSV:
		return "text/tab-separated-values; charset=utf-8"
	case CSV:
		return "text/csv; charset=utf-8"
	case Parquet:
		return "application/vnd.apache.parquet"
	case Folder:
		return "application/zip"
	case NWB:
		return "application/x-hdf5"
	case JSON:
	}
	return "application/jsonl; charset=utf-8"
}

// Extension is what the format's file names end in.
func (f Format) Extension() string {
	switch f {
	case JSON:
		return ".jsonl"
	case Folder:
		return ".zip"
	case CSV, TSV, Parquet, NWB:
	}
	return "." + string(f)
}
