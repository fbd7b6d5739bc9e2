package sim

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/lics-lab/lics/edge/driver"
)

// OutputsFile is the name of the file in the state directory that says what
// the simulated outputs did: one JSON line for each change.
const OutputsFile = "outputs.jsonl"

// maxOutputsFile is when the file is moved away to begin a new one.
const maxOutputsFile = 16 << 20

// OutputEdge is one line of the file.
type OutputEdge struct {
	At      int64   `json:"t"` // Unix nanoseconds
	Channel string  `json:"c"`
	Level   float64 `json:"v"`
	// Ramp and Frequency are those of a driver.Shape.
	Ramp      time.Duration `json:"ramp_ns,omitempty"`
	Frequency float64       `json:"hz,omitempty"`
	By        string        `json:"by"` // agent or guard
}

// outputLog appends. Each line is one write, so that lines of two processes do
// not mix and a killed process leaves what it did.
type outputLog struct {
	mu   sync.Mutex
	path string
	by   string
	file *os.File
	size int64
	buf  []byte
}

func openLog(path, by string) (*outputLog, error) {
	if by == "" {
		by = "agent"
	}
	l := &outputLog{path: path, by: by}
	return l, l.open()
}

func (l *outputLog) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("simulated outputs: %w", err)
	}
	l.file, l.size = f, 0
	if info, err := f.Stat(); err == nil {
		l.size = info.Size()
	}
	return nil
}

func (l *outputLog) write(channel string, s driver.Shape) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.size > maxOutputsFile {
		if err := errors.Join(l.file.Close(), os.Rename(l.path, l.path+".1"), l.open()); err != nil {
			return err
		}
	}
	b := l.buf[:0]
	b = append(b, `{"t":`...)
	b = strconv.AppendInt(b, time.Now().UnixNano(), 10)
	b = append(b, `,"c":"`...)
	b = append(b, channel...) // a valid name has nothing to escape
	b = append(b, `","v":`...)
	b = strconv.AppendFloat(b, s.Level, 'g', -1, 64)
	if s.Ramp > 0 {
		b = strconv.AppendInt(append(b, `,"ramp_ns":`...), int64(s.Ramp), 10)
	}
	if s.Frequency > 0 {
		b = strconv.AppendFloat(append(b, `,"hz":`...), s.Frequency, 'g', -1, 64)
	}
	b = append(b, `,"by":"`...)
	b = append(b, l.by...)
	b = append(b, "\"}\n"...)
	l.buf = b
	n, err := l.file.Write(b)
	l.size += int64(n)
	return err
}

func (l *outputLog) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}

// ReadOutputs reads a file of output edges; a last line that is cut is left out.
func ReadOutputs(path string) ([]OutputEdge, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	var edges []OutputEdge
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e OutputEdge
		if json.Unmarshal(lines.Bytes(), &e) == nil {
			edges = append(edges, e)
		}
	}
	return edges, lines.Err()
}

// Levels is where the outputs stand after the edges.
func Levels(edges []OutputEdge) map[string]float64 {
	levels := map[string]float64{}
	for _, e := range edges {
		levels[e.Channel] = e.Level
	}
	return levels
}
