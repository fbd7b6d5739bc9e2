package activities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/export/spool"
	"github.com/lics-lab/lics/lab"
)

// Records is what the files of a run are made from, and where it is written
// what became of them.
type Records interface {
	export.Library
	export.Source
	MarkedExports(ctx context.Context, run string) ([]string, error)
	MissingRows(ctx context.Context, run string) ([]lab.MissingRows, error)
	BeginRunFile(ctx context.Context, f lab.RunFile) (lab.RunFile, error)
	KeepRunFile(ctx context.Context, f lab.RunFile) error
	FailRunFile(ctx context.Context, f lab.RunFile, givenUp bool) error
}

// Objects keeps files.
type Objects interface {
	// Put stores a file whole, in the place of one that has the key.
	Put(ctx context.Context, key, contentType string, size int64, r io.ReadSeeker) error
}

// TypeNoObjects is the type of the error that no object store is configured. It
// is not tried again.
const TypeNoObjects = "NoObjectStore"

// WantedFilesInput names a run that is over.
type WantedFilesInput struct {
	Run string `json:"run"`
}

// WantedFile is a file of a run.
type WantedFile struct {
	Format export.Format `json:"format"`
	Table  export.Table  `json:"table"`
}

// WantedFilesResult says which files the protocol wants, and what is missing.
type WantedFilesResult struct {
	Files   []WantedFile `json:"files,omitempty"`
	Missing []string     `json:"missing,omitempty"` // sentences about rows
}

// WantedFiles looks which files of a run are wanted and whether every row is
// there. A format with two tables gives two files.
func (a *Activities) WantedFiles(ctx context.Context, in WantedFilesInput) (out WantedFilesResult, err error) {
	formats, err := a.Store.MarkedExports(ctx, in.Run)
	if err != nil {
		return out, never(err)
	}
	missing, err := a.Store.MissingRows(ctx, in.Run)
	if err != nil {
		return out, never(err)
	}
	for _, m := range missing {
		out.Missing = append(out.Missing, m.String())
	}
	for _, f := range formats {
		for _, t := range []export.Table{export.Events, export.Trials} {
			if _, err := export.ParseTable(string(t), export.Format(f)); err == nil {
				out.Files = append(out.Files, WantedFile{export.Format(f), t})
			}
		}
	}
	return out, nil
}

// ExportFileInput says which file of a run to make.
type ExportFileInput struct {
	Run          string `json:"run"`
	Organisation string `json:"organisation"`
	WantedFile
	// Missing is written beside the file.
	Missing []string `json:"missing,omitempty"`
}

// ExportFileResult is the file in the object store.
type ExportFileResult struct {
	Key    string `json:"key"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
}

// ExportFile makes a file of a run and puts it into the object store. A repeat
// writes the same object again: the bytes of a run that is over do not change.
func (a *Activities) ExportFile(ctx context.Context, in ExportFileInput) (ExportFileResult, error) {
	f := lab.RunFile{Run: in.Run, Format: string(in.Format), Table: string(in.Table), Missing: strings.Join(in.Missing, " ")}
	if a.Objects == nil {
		return ExportFileResult{}, temporal.NewNonRetryableApplicationError(
			"No object store is configured. Give one to the workers and the server (--s3), or download the export from the run.", TypeNoObjects, nil)
	}
	stop := heartbeats(ctx)
	defer stop()
	err := a.exportFile(ctx, in, &f)
	if err == nil {
		a.nudge(ctx, in.Run, nil)
		return ExportFileResult{Key: f.Key, Size: f.Size, SHA256: f.SHA256}, nil
	}
	if ctx.Err() != nil { // this worker stops, and another one goes on
		return ExportFileResult{}, ctx.Err()
	}
	a.log().WarnContext(ctx, "file of a run not made", "run", in.Run, "format", f.Format, "table", f.Table, "error", err)
	f.Error = told(err)
	if err := a.Store.FailRunFile(ctx, f, false); err != nil {
		a.log().WarnContext(ctx, "failure of a file not recorded", "run", in.Run, "format", f.Format, "error", err)
	}
	return ExportFileResult{}, errors.New(f.Error) // histories are read by many
}

func (a *Activities) exportFile(ctx context.Context, in ExportFileInput, f *lab.RunFile) error {
	run, err := export.Load(ctx, a.Store, in.Organisation, in.Run, a.Version)
	if err != nil {
		return err
	}
	f.Name = run.FileName(in.Format, in.Table)
	begun, err := a.Store.BeginRunFile(ctx, *f)
	if err != nil {
		return err
	}
	f.Name = begun.Name // the subject may have another one by now

	var file spool.Spool
	defer file.Close()
	hash, source := sha256.New(), &counted{Source: a.Store}
	if err := export.Write(ctx, io.MultiWriter(&file, hash), in.Format, in.Table, run, source); err != nil {
		return err
	}
	f.Size, f.SHA256, f.Rows = file.Size(), hex.EncodeToString(hash.Sum(nil)), source.rows
	f.Key = "runs/" + in.Run + "/" + f.Name
	if err := a.Objects.Put(ctx, f.Key, in.Format.ContentType(), f.Size, io.NewSectionReader(&file, 0, f.Size)); err != nil {
		return err
	}
	return a.Store.KeepRunFile(ctx, *f)
}

// counted counts the rows of the last reading of a run; some formats need two.
type counted struct {
	export.Source
	rows int64
}

func (c *counted) RunStream(ctx context.Context, run string, after lab.Position, limit int) ([]lab.StreamEvent, error) {
	events, err := c.Source.RunStream(ctx, run, after, limit)
	if after.Events == 0 && len(after.Boots) == 0 {
		c.rows = 0
	}
	c.rows += int64(len(events))
	return events, err
}

// told is an error as a person may read it.
func told(err error) string {
	if e, ok := errors.AsType[*lab.Error](err); ok {
		return e.Message
	}
	return "The file could not be made; the log of the worker says why."
}

// FailFileInput says which file is given up, and why.
type FailFileInput struct {
	Run string `json:"run"`
	WantedFile
	Error string `json:"error"` // for a person
}

// FailFileResult is empty.
type FailFileResult struct{}

// FailFile writes down that nobody tries to make a file any more.
func (a *Activities) FailFile(ctx context.Context, in FailFileInput) (FailFileResult, error) {
	err := a.Store.FailRunFile(ctx, lab.RunFile{Run: in.Run, Format: string(in.Format), Table: string(in.Table), Error: in.Error}, true)
	if err == nil {
		a.nudge(ctx, in.Run, nil)
	}
	return FailFileResult{}, never(err)
}
