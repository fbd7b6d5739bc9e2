package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mattn/go-isatty"
)

// The output formats. The JSON of each command is described in docs/cli.md;
// fields are added there, never renamed.
const (
	asTable = "table"
	asJSON  = "json"
	asJSONL = "jsonl"
)

// outputFlag is shared by the commands that print results.
type outputFlag struct {
	Output string `short:"o" enum:"table,json,jsonl" default:"table" help:"How to print: table, json or jsonl."`
}

// column is one column of a table.
type column[T any] struct {
	title string
	cell  func(T) string
}

// printList prints items as a table, one JSON array, or one JSON object a line.
func printList[T any](a *app, format string, items []T, columns []column[T]) error {
	switch format {
	case asJSON:
		if items == nil {
			items = []T{}
		}
		return a.json(items)
	case asJSONL:
		for _, item := range items {
			if err := a.jsonLine(item); err != nil {
				return err
			}
		}
		return nil
	}
	rows := make([][]string, 0, len(items)+1)
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.title
	}
	rows = append(rows, titles)
	for _, item := range items {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(item)
		}
		rows = append(rows, cells)
	}
	return a.table(rows, true)
}

// printOne prints one thing: as JSON, or as text that is made only when needed.
func printOne[T any](a *app, format string, item T, text func() error) error {
	switch format {
	case asJSON:
		return a.json(item)
	case asJSONL:
		return a.jsonLine(item)
	}
	return text()
}

func (a *app) json(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (a *app) jsonLine(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// table aligns columns with two spaces between them. The last column is not
// padded, so that no line ends in spaces.
func (a *app) table(rows [][]string, titled bool) error {
	var width []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	colour := a.colours(a.stdout)
	var out strings.Builder
	for n, row := range rows {
		last := len(row) - 1
		for last > 0 && row[last] == "" {
			last--
		}
		for i, cell := range row[:last+1] {
			text := cell
			switch {
			case !colour:
			case titled && n == 0:
				text = "\x1b[1m" + cell + "\x1b[0m"
			default:
				text = tinted(cell)
			}
			out.WriteString(text)
			if i < last {
				out.WriteString(strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		out.WriteByte('\n')
	}
	_, err := io.WriteString(a.stdout, out.String())
	return err
}

// tinted colours the words that say how something is.
func tinted(word string) string {
	var code string
	switch word {
	case "COMPLETED", "STOPPED", "DONE", "online", "ok":
		code = "32"
	case "FAILED", "ABORTED", "HALTED", "REFUSED", "INTERRUPTED", "error", "missing":
		code = "31"
	case "PAUSED", "SEALING", "STARTING", "RUNNING", "warning":
		code = "33"
	case "offline":
		code = "2"
	default:
		return word
	}
	return "\x1b[" + code + "m" + word + "\x1b[0m"
}

// colours says whether a writer shows colours: only a terminal does, and only
// when the person has not asked for none (https://no-color.org).
func (a *app) colours(w io.Writer) bool {
	return terminal(w) && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
}

func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// when is a moment for a table: the person's own zone, to the second.
func when(t *time.Time) string {
	if t == nil || t.IsZero() {
		return "-"
	}
	return t.Local().Format("2006-01-02 15:04:05")
}

// lasted is a duration for people.
func lasted(d time.Duration) string {
	switch {
	case d < 0:
		return "-"
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	case d < time.Hour:
		return d.Round(time.Second).String()
	}
	return fmt.Sprintf("%dh%02dm", int(d.Hours()), int(d.Minutes())%60)
}

// dash stands for nothing in a table, so that columns can be cut.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// oneLine keeps a text from breaking a line or a column: tabs and line ends
// are written \t and \n.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.NewReplacer("\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(s)
}
