package node

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// conditions compiles the table or the factors to columns, and gives the
// conditions as far as they are known now.
func (d *TrialsData) conditions(s Site, t *plan.Trials) [][]expr.Value {
	switch {
	case d.Table == "" && len(d.Factors) == 0:
		s.Report(diagnostic.BadData, "table", "there are no conditions", "write a table as CSV, or add factors")
		return nil
	case d.Table != "" && len(d.Factors) > 0:
		s.Report(diagnostic.BadData, "factors", "there are a table and factors", "keep one of them")
		return nil
	case d.Table != "":
		return d.tabular(s, t)
	}
	return d.crossed(s, t)
}

func (d *TrialsData) crossed(s Site, t *plan.Trials) [][]expr.Value {
	t.Cross = true
	rows, known := [][]expr.Value{nil}, true
	seen := map[string]bool{}
	for i, f := range d.Factors {
		at := "factors[" + strconv.Itoa(i) + "]."
		typ := s.Assign(at+"variable", f.Variable, expr.Invalid)
		if seen[f.Variable] {
			s.Report(diagnostic.DuplicateName, at+"variable", "two factors change "+f.Variable, "remove one of them")
		}
		seen[f.Variable] = true
		t.Columns = append(t.Columns, plan.Column{Variable: f.Variable, List: f.Values})
		if !required(s, at+"values", f.Values, "the factor has no values", "write a list like [1, 2, 3]") || typ == expr.Invalid {
			known = false
			continue
		}
		if typ.IsList() {
			s.Report(diagnostic.TypeError, at+"variable", f.Variable+" is "+typ.String()+", and a factor holds one value", "use a variable that is no list")
			known = false
			continue
		}
		e := s.Expr(at+"values", f.Values, expr.ListOf(typ))
		if e == nil {
			known = false
			continue
		}
		v, constant := e.Constant()
		if known = known && constant && v.Len()*len(rows) <= plan.MaxTrials && s.Spend(v.Len()*len(rows)); !known {
			continue
		}
		var next [][]expr.Value
		for _, row := range rows {
			for _, x := range v.List() {
				next = append(next, append(slices.Clip(row), x))
			}
		}
		rows = next
	}
	if !known {
		return nil
	}
	return rows
}

// tabular reads the table. Each cell is written as its variable's values are
// on a command line.
func (d *TrialsData) tabular(s Site, t *plan.Trials) [][]expr.Value {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(d.Table, "\ufeff")))
	r.TrimLeadingSpace, r.FieldsPerRecord = true, -1
	head, err := r.Read()
	if err != nil {
		s.Report(diagnostic.BadData, "table", "the table cannot be read: "+csvReason(err), "the first line names the columns, separated by commas")
		return nil
	}
	types, ok := d.header(s, t, head)
	var rows [][]expr.Value
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			s.Report(diagnostic.BadData, "table", "the table cannot be read: "+csvReason(err), "put texts with commas or quotes into quotes")
			return nil
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(head) {
			s.Report(diagnostic.BadData, "table", fmt.Sprintf("line %d has %d columns, and the first line names %d", line, len(record), len(head)), "fill in every column")
			return nil
		}
		if len(rows) >= plan.MaxTrials {
			s.Report(diagnostic.BadData, "table", fmt.Sprintf("the table has more than %d conditions", plan.MaxTrials), "")
			return nil
		}
		if !ok {
			continue
		}
		var row []expr.Value
		for i, cell := range record {
			v, err := expr.ParseText(types[i], cell)
			if err != nil {
				s.Report(diagnostic.BadValue, "table", fmt.Sprintf("line %d, column %s: %v", line, head[i], err), "")
				return nil
			}
			raw, err := json.Marshal(cellValue(v))
			if err != nil {
				s.Report(diagnostic.BadValue, "table", err.Error(), "")
				return nil
			}
			t.Columns[i].Cells = append(t.Columns[i].Cells, raw)
			row = append(row, v)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 && ok {
		s.Report(diagnostic.BadData, "table", "the table has no condition", "write at least one line below the first")
	}
	return rows
}

func (d *TrialsData) header(s Site, t *plan.Trials, head []string) ([]expr.Type, bool) {
	ok, seen := true, map[string]bool{}
	var types []expr.Type
	for i, name := range head {
		name = strings.TrimSpace(name)
		head[i] = name
		typ := s.Assign("table", name, expr.Invalid)
		if seen[name] {
			s.Report(diagnostic.DuplicateName, "table", "two columns are called "+name, "rename one of them")
		}
		ok = ok && typ != expr.Invalid && !seen[name]
		if typ.IsList() {
			s.Report(diagnostic.TypeError, "table", name+" is "+typ.String()+", and a cell holds one value", "use a variable that is no list")
			ok = false
		}
		seen[name] = true
		types = append(types, typ)
		t.Columns = append(t.Columns, plan.Column{Variable: name})
	}
	return types, ok
}

// cellValue is a value as package expr's Decode reads it.
func cellValue(v expr.Value) any {
	if v.Type() == expr.Duration {
		return expr.FormatDuration(v.Duration())
	}
	return v
}

func csvReason(err error) string {
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Sprintf("line %d, column %d: %v", p.Line, p.Column, p.Err)
	}
	if errors.Is(err, io.EOF) {
		return "it is empty"
	}
	return err.Error()
}
