package export

import (
	"io"
	"reflect"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/lics-lab/lics/lab"
)

// rowGroup is how many rows are held before they are written.
const rowGroup = 64 << 10

// parquetRow is a row of the events; the columns are those of csv.
type parquetRow struct {
	Time       float64   `parquet:"time_s"`
	At         time.Time `parquet:"at,timestamp(nanosecond)"`
	Source     string    `parquet:"source,dict"`
	Kind       string    `parquet:"kind,dict"`
	Name       string    `parquet:"name,dict"`
	Value      *string   `parquet:"value,optional"`
	Number     *float64  `parquet:"value_number,optional"`
	Node       string    `parquet:"node,dict"`
	Trial      *int32    `parquet:"trial,optional"`
	TaskTimeNS *int64    `parquet:"task_time_ns,optional"`
	Device     string    `parquet:"device,dict"`
	Boot       string    `parquet:"boot,dict"`
	Seq        int64     `parquet:"seq"`
	Command    string    `parquet:"command,dict"`
	Ramp       *float64  `parquet:"ramp_s,optional"`
	Frequency  *float64  `parquet:"frequency_hz,optional"`
}

type parquetRows struct {
	w    *parquet.GenericWriter[parquetRow]
	held []parquetRow
	run  Run
}

func newParquet(w io.Writer, run Run) *parquetRows {
	return &parquetRows{w: parquet.NewGenericWriter[parquetRow](w, parquetOptions(run)...), run: run}
}

func parquetOptions(run Run) []parquet.WriterOption {
	return []parquet.WriterOption{
		parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(rowGroup), parquet.CreatedBy("LICS", run.Exporter, ""),
		parquet.KeyValueMetadata("lics.run", run.Run.ID),
		parquet.KeyValueMetadata("lics.protocol", run.Run.ProtocolName),
		parquet.KeyValueMetadata("lics.protocol_hash", run.Version.Hash),
		parquet.KeyValueMetadata("lics.subject", run.subjectName()),
		parquet.KeyValueMetadata("lics.start_time", run.zero().UTC().Format(time.RFC3339Nano)),
	}
}

func (p *parquetRows) begin() error { return nil }

func (p *parquetRows) row(at time.Duration, e lab.StreamEvent) error {
	row := parquetRow{Time: at.Seconds(), At: e.At().UTC()}
	var raw []byte
	if ev := e.Event; ev != nil {
		row.Source, row.Kind, row.Name, row.Node, row.Seq = "run", ev.Kind, ev.Name, ev.Node, ev.Seq
		raw = ev.Body
	} else {
		r := e.Row
		number, since := int32(r.Trial), r.T.Nanoseconds()
		row.Source, row.Kind, row.Name, row.Node, row.Seq = "device", r.Kind, r.Name, r.Node, r.Seq
		row.Trial, row.TaskTimeNS, row.Device, row.Boot, row.Command = &number, &since, r.Device, r.Boot, r.Command
		row.Ramp, row.Frequency = shapeOf(r)
		raw = r.Value
	}
	if v := text(raw); v != "" {
		row.Value = &v
	}
	if n, ok := number(raw); ok {
		row.Number = &n
	}
	p.held = append(p.held, row)
	return nil
}

func (p *parquetRows) flush() error {
	_, err := p.w.Write(p.held)
	clear(p.held)
	p.held = p.held[:0]
	return err
}

func (p *parquetRows) end(time.Duration) error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.w.Close()
}

// parquetTrial is the fixed part of a row of the trials.
type parquetTrial struct {
	Start     float64   `parquet:"start_time_s"`
	Stop      float64   `parquet:"stop_time_s"`
	Duration  float64   `parquet:"duration_s"`
	Number    int32     `parquet:"number"`
	Outcome   string    `parquet:"outcome,dict"`
	Complete  bool      `parquet:"complete"`
	StartedAt time.Time `parquet:"started_at,timestamp(nanosecond)"`
	Device    string    `parquet:"device,dict"`
	Node      string    `parquet:"node,dict"`
	Command   string    `parquet:"command,dict"`
}

// parquet writes a row for each trial, with a column of its own type for each
// stream of draws.
func (c *trials) parquet(w io.Writer, run Run) error {
	kind := c.parquetType()
	schema := parquet.SchemaOf(reflect.New(kind).Interface())
	out := parquet.NewWriter(w, append([]parquet.WriterOption{schema}, parquetOptions(run)...)...)
	err := c.done.each(func(start, stop time.Duration, t trial) error {
		row := reflect.New(kind)
		row.Elem().Field(0).Set(reflect.ValueOf(parquetTrial{
			start.Seconds(), stop.Seconds(), (stop - start).Seconds(), int32(t.Number), t.Outcome, t.Complete, t.StartedAt,
			t.Device, t.Node, t.Command,
		}))
		for i, s := range c.streams() {
			if v := drawPointer(c.drawn[s], t.Draws[s]); v != nil {
				row.Elem().Field(i + 1).Set(reflect.ValueOf(v))
			}
		}
		return out.Write(row.Interface())
	})
	if err != nil {
		return err
	}
	return out.Close()
}

// parquetType is a struct with the fixed columns, then those of the streams.
func (c *trials) parquetType() reflect.Type {
	fields := []reflect.StructField{{Name: "Trial", Type: reflect.TypeFor[parquetTrial](), Anonymous: true}}
	for i, s := range c.streams() {
		kind := map[valueKind]reflect.Type{
			kindBool: reflect.TypeFor[*bool](), kindInt: reflect.TypeFor[*int64](), kindFloat: reflect.TypeFor[*float64](),
		}[c.drawn[s]]
		if kind == nil {
			kind = reflect.TypeFor[*string]()
		}
		fields = append(fields, reflect.StructField{
			Name: "Draw" + strconv.Itoa(i), Type: kind, Tag: reflect.StructTag("parquet:" + strconv.Quote(drawColumn(s)+",optional")),
		})
	}
	return reflect.StructOf(fields)
}

// drawPointer is a value as a column of a kind has it; nil when there is none.
func drawPointer(k valueKind, raw []byte) any {
	n, ok := number(raw)
	switch {
	case len(raw) == 0:
		return nil
	case k == kindBool && ok:
		v := n != 0
		return &v
	case k == kindInt && ok:
		v, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil {
			return nil
		}
		return &v
	case k == kindFloat && ok:
		return &n
	case k == kindText:
		v := drawText(raw)
		return &v
	}
	return nil
}
