package lab

import (
	"fmt"
	"time"
)

// RunFileState says where a file of a run is.
type RunFileState string

// The states of a file.
const (
	RunFilePending RunFileState = "PENDING" // made when the run is over, or just now
	RunFileStored  RunFileState = "STORED"  // in the object store
	RunFileFailed  RunFileState = "FAILED"  // given up; RunFile.Error says why
)

// The tables of which a file may be made.
const (
	RunFileEvents = "events" // everything recorded
	RunFileTrials = "trials" // a row for each trial
)

// RunFile is a file that a protocol wants of a run. It is made when the run is
// over and kept in the object store.
type RunFile struct {
	Run    string
	Format string // as package export names it: csv, nwb, …
	Table  string // RunFileEvents or RunFileTrials
	Name   string // for people, unique in the run; empty before the first attempt
	Key    string // in the object store; empty before the file is there
	State  RunFileState
	Size   int64  // bytes
	SHA256 string // of the bytes, in hexadecimal digits
	Rows   int64  // of the run's record, at the time of the file
	// Missing are the sentences about rows that had not come in when the file
	// was made; empty: none was known to be missing.
	Missing string
	// Error says why the last attempt failed; empty when it did not.
	Error    string
	StoredAt *time.Time
}

// MissingRows are rows of a run that a device has recorded and that are not
// stored.
type MissingRows struct {
	Device string
	Node   string // of the task
	Rows   int64  // how many; 0: the device has not said how the task ended
}

func (m MissingRows) String() string {
	if m.Rows == 0 {
		return fmt.Sprintf("Device %s has not said how its task %s ended.", m.Device, m.Node)
	}
	return fmt.Sprintf("%d rows of device %s had not come in.", m.Rows, m.Device)
}
