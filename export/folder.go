package export

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"

	"github.com/lics-lab/lics/export/spool"
)

// writeFolder writes a run folder as a zip. The run is read once: one table
// goes out while it is read, so that a client sees something happen; the others
// wait in temporary files.
func writeFolder(ctx context.Context, w io.Writer, run Run, source Source) (err error) {
	z := &folder{zip: zip.NewWriter(w), run: run}
	var tsv, parquet, trialsCSV, trialsParquet spool.Spool
	defer func() {
		for _, s := range []*spool.Spool{&tsv, &parquet, &trialsCSV, &trialsParquet} {
			err = errors.Join(err, s.Close())
		}
	}()
	rec, found := newRecording(), newTrials()
	defer found.close()

	if err := z.document("task.json", run.Version.Document); err != nil {
		return err
	}
	if err := z.value("rig.json", run.rigs()); err != nil {
		return err
	}
	err = z.file("events.csv", func(w io.Writer) error {
		return walk(ctx, run, source, newCSV(w), newTSV(&tsv, run), newParquet(&parquet, run), found, rec)
	})
	if err == nil {
		err = found.csv(&trialsCSV)
	}
	if err == nil {
		err = found.parquet(&trialsParquet, run)
	}
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		kept *spool.Spool
	}{
		{"events.tsv", &tsv}, {"events.parquet", &parquet}, {"trials.csv", &trialsCSV}, {"trials.parquet", &trialsParquet},
	} {
		err := z.file(f.name, func(w io.Writer) error {
			_, err := io.Copy(w, f.kept.Reader())
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := z.file("README.md", func(w io.Writer) error { return run.readme(w, found.streams()) }); err != nil {
		return err
	}
	s := run.describe(*rec)
	s.Files = z.files // all but this one
	if err := z.value("session.json", s); err != nil {
		return err
	}
	return z.zip.Close()
}

// folder is a zip that is being written, and what is in it so far.
type folder struct {
	zip   *zip.Writer
	run   Run
	files []sessionFile
}

func (z *folder) file(name string, write func(io.Writer) error) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{
		Name: z.run.baseName() + "/" + name, Method: zip.Deflate, Modified: z.run.made().UTC(),
	})
	if err != nil {
		return err
	}
	sum := &summed{w: w, hash: sha256.New()}
	if err := write(sum); err != nil {
		return err
	}
	z.files = append(z.files, sessionFile{name, sum.size, hex.EncodeToString(sum.hash.Sum(nil))})
	return nil
}

func (z *folder) value(name string, v any) error {
	return z.file(name, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(v)
	})
}

// document is JSON as it is stored, laid out for people.
func (z *folder) document(name string, raw json.RawMessage) error {
	return z.file(name, func(w io.Writer) error {
		var b bytes.Buffer
		if err := json.Indent(&b, raw, "", "  "); err != nil {
			return err
		}
		b.WriteByte('\n')
		_, err := b.WriteTo(w)
		return err
	})
}

// summed passes on what is written and knows its length and hash.
type summed struct {
	w    io.Writer
	hash hash.Hash
	size int64
}

func (s *summed) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.hash.Write(p[:n])
	s.size += int64(n)
	return n, err
}

// rig is a device in rig.json.
type rig struct {
	Role   string          `json:"role"`
	Device string          `json:"device"`
	Hash   string          `json:"rig_hash"`
	RigNow bool            `json:"rig_as_of_export,omitempty"`
	Rig    json.RawMessage `json:"rig"`
}

func (r Run) rigs() any {
	out := struct {
		Kind    string `json:"kind"`
		Format  int    `json:"format"`
		Devices []rig  `json:"devices"`
	}{"lics.rigs", 1, []rig{}}
	for _, b := range r.Boxes {
		one := rig{b.Role, b.Device, b.Binding.Rig, b.RigNow, b.Rig}
		if len(one.Rig) == 0 {
			one.Rig = json.RawMessage("null")
		}
		out.Devices = append(out.Devices, one)
	}
	return out
}
