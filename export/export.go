// Package export writes a run's record for other programs, row by row, so that
// a run of a week needs no more memory than one of a minute: what cannot be
// written at once waits in temporary files. The server and the command line
// both use it. It imports lab, its own parts in folders below, and parquet-go.
//
// The formats:
//
//   - tsv is the layout of pyControl's data files (version 2): a header, then
//     the columns time, type, subtype and content. Time is in seconds with
//     three decimals.
//   - csv has a column for every fact of a row, times with all nine decimals;
//     or a row for each trial.
//   - json is JSON Lines: one object per line. The first has the kind "run" and
//     describes the run, each following one is a row with the fields of csv.
//   - parquet has the columns of csv with their types.
//   - folder is a zip of a run folder: what ran, on what, and all of the above.
//   - nwb is a file of Neurodata Without Borders.
//
// docs/export.md describes every column. Times are seconds since the run began.
// Within a task they are the device's own monotonic times, moved by one
// constant: the differences are exact, even if the device's wall clock was set
// while the task ran.
//
// The export of a finished run has the same bytes each time, as long as nobody
// adds a note to it and the version of LICS is the same.
package export

import (
	"context"
	"fmt"
	"io"
)

// Write writes the record of a run as it is stored now. Only csv and parquet
// have a choice of tables.
func Write(ctx context.Context, w io.Writer, f Format, t Table, run Run, source Source) error {
	switch f {
	case TSV:
		return walk(ctx, run, source, newTSV(w, run))
	case CSV:
		if t == Trials {
			return writeTrials(ctx, run, source, func(c *trials) error { return c.csv(w) })
		}
		return walk(ctx, run, source, newCSV(w))
	case JSON:
		return walk(ctx, run, source, newJSON(w, run))
	case Parquet:
		if t == Trials {
			return writeTrials(ctx, run, source, func(c *trials) error { return c.parquet(w, run) })
		}
		return walk(ctx, run, source, newParquet(w, run))
	case Folder:
		return writeFolder(ctx, w, run, source)
	case NWB:
		return writeNWB(ctx, w, run, source)
	}
	return fmt.Errorf("format %q", f)
}

func writeTrials(ctx context.Context, run Run, source Source, write func(*trials) error) error {
	c := newTrials()
	defer c.close()
	if err := walk(ctx, run, source, c); err != nil {
		return err
	}
	return write(c)
}
