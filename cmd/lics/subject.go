package main

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

// subjectCmd is `lics subject`.
type subjectCmd struct {
	Add  subjectAddCmd  `cmd:"" help:"Add a subject."`
	List subjectListCmd `cmd:"" help:"List subjects."`
}

// subjectInfo is a subject as it is printed.
type subjectInfo struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Species   string    `json:"species"`
	Sex       string    `json:"sex"`
	BornOn    *string   `json:"bornOn"`
	Cohort    string    `json:"cohort"`
	Notes     string    `json:"notes"`
	CreatedAt time.Time `json:"createdAt"`
}

const subjectFields = `
fragment SubjectFields on Subject { id name species sex bornOn cohort notes createdAt }`

const saveSubject = `mutation SaveSubject($input: SaveSubjectInput!) {
  saveSubject(input: $input) { subject { ...SubjectFields } }
}` + subjectFields

const subjectsQuery = `query Subjects($filter: SubjectFilter, $first: Int!, $after: Cursor) {
  subjects(filter: $filter, first: $first, after: $after) { nodes { ...SubjectFields } pageInfo { hasNextPage endCursor } }
}` + subjectFields

const subjectByName = `query SubjectByName($name: String!) { subjectByName(name: $name) { id } }`

type subjectAddCmd struct {
	Name    string `arg:"" help:"The lab's own short name."`
	Species string `help:"Species, as the lab writes it."`
	Sex     string `help:"Sex, as the lab writes it."`
	Born    string `placeholder:"DAY" help:"Day of birth: 2026-03-01."`
	Cohort  string `help:"Group it belongs to."`
	Notes   string `help:"For people."`
	outputFlag
}

func (c *subjectAddCmd) Run(a *app) error {
	input := map[string]any{"name": c.Name}
	for key, value := range map[string]string{"species": c.Species, "sex": c.Sex, "cohort": c.Cohort, "notes": c.Notes} {
		if value != "" {
			input[key] = value
		}
	}
	if c.Born != "" {
		if _, err := time.Parse(time.DateOnly, c.Born); err != nil {
			return usagef("--born %s: write a day like 2026-03-01", c.Born)
		}
		input["bornOn"] = c.Born
	}
	got, err := query[struct {
		SaveSubject struct {
			Subject subjectInfo `json:"subject"`
		} `json:"saveSubject"`
	}](a, saveSubject, map[string]any{"input": input})
	if err != nil {
		return err
	}
	s := got.SaveSubject.Subject
	return printOne(a, c.Output, s, func() error {
		_, err := fmt.Fprintln(a.stdout, s.ID)
		return err
	})
}

type subjectListCmd struct {
	Search string `help:"Only those with this in their name."`
	Cohort string `help:"Only those of a group."`
	Limit  int    `short:"n" default:"200" help:"How many at most."`
	outputFlag
}

func (c *subjectListCmd) Run(a *app) error {
	filter := map[string]any{}
	if c.Search != "" {
		filter["search"] = c.Search
	}
	if c.Cohort != "" {
		filter["cohort"] = c.Cohort
	}
	subjects, err := pages(max(1, c.Limit), func(first int, after *string) (connection[subjectInfo], error) {
		got, err := query[struct {
			Subjects connection[subjectInfo] `json:"subjects"`
		}](a, subjectsQuery, map[string]any{"filter": filter, "first": first, "after": after})
		return got.Subjects, err
	})
	if err != nil {
		return err
	}
	return printList(a, c.Output, subjects, []column[subjectInfo]{
		{"NAME", func(s subjectInfo) string { return s.Name }},
		{"COHORT", func(s subjectInfo) string { return dash(s.Cohort) }},
		{"SPECIES", func(s subjectInfo) string { return dash(s.Species) }},
		{"SEX", func(s subjectInfo) string { return dash(s.Sex) }},
		{"BORN", func(s subjectInfo) string {
			if s.BornOn == nil {
				return "-"
			}
			return *s.BornOn
		}},
		{"NOTES", func(s subjectInfo) string { return oneLine(s.Notes) }},
	})
}

// subjectID finds a subject by its name.
func (a *app) subjectID(name string) (string, error) {
	if uuid.Validate(name) == nil {
		return name, nil
	}
	got, err := query[struct {
		SubjectByName *named `json:"subjectByName"`
	}](a, subjectByName, map[string]any{"name": name})
	if err != nil {
		return "", err
	}
	if got.SubjectByName == nil {
		return "", lab.Errorf(lab.NotFound, "There is no subject %q. Add it: lics subject add %s", name, name)
	}
	return got.SubjectByName.ID, nil
}
