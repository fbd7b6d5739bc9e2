package main

import (
	"strings"
	"time"

	"github.com/lics-lab/lics/protocol/template"
)

type protocolListCmd struct {
	Templates bool   `help:"List the templates that come with LICS instead; needs no server."`
	Search    string `help:"Only those with this in their name or description."`
	Limit     int    `short:"n" default:"200" help:"How many at most."`
	outputFlag
}

// protocolInfo is a protocol as it is printed.
type protocolInfo struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Description  string    `json:"description"`
	LatestNumber int       `json:"latestNumber"`
	CreatedAt    time.Time `json:"createdAt"`
	UpdatedAt    time.Time `json:"updatedAt"`
}

// templateInfo is a template as it is printed.
type templateInfo struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

const protocolsQuery = `query Protocols($filter: ProtocolFilter, $first: Int!, $after: Cursor) {
  protocols(filter: $filter, first: $first, after: $after) {
    nodes { id name description latestNumber createdAt updatedAt } pageInfo { hasNextPage endCursor }
  }
}`

func (c *protocolListCmd) Run(a *app) error {
	if c.Templates {
		return c.templates(a)
	}
	filter := map[string]any{}
	if c.Search != "" {
		filter["search"] = c.Search
	}
	all, err := pages(max(1, c.Limit), func(first int, after *string) (connection[protocolInfo], error) {
		got, err := query[struct {
			Protocols connection[protocolInfo] `json:"protocols"`
		}](a, protocolsQuery, map[string]any{"filter": filter, "first": first, "after": after})
		return got.Protocols, err
	})
	if err != nil {
		return err
	}
	return printList(a, c.Output, all, []column[protocolInfo]{
		{"PROTOCOL", func(p protocolInfo) string { return p.Name }},
		{"VERSION", func(p protocolInfo) string { return itoa(p.LatestNumber) }},
		{"UPDATED", func(p protocolInfo) string { return when(&p.UpdatedAt) }},
		{"DESCRIPTION", func(p protocolInfo) string { return heading(p.Description) }},
	})
}

func (c *protocolListCmd) templates(a *app) error {
	var all []templateInfo
	for _, t := range template.All() {
		info := templateInfo{Name: t.Name, Title: t.Title, Description: t.Description}
		text := strings.ToLower(info.Name + "\n" + info.Title + "\n" + info.Description)
		if strings.Contains(text, strings.ToLower(c.Search)) {
			all = append(all, info)
		}
	}
	return printList(a, c.Output, all, []column[templateInfo]{
		{"TEMPLATE", func(t templateInfo) string { return templatePrefix + t.Name }},
		{"TITLE", func(t templateInfo) string { return oneLine(t.Title) }},
		{"DESCRIPTION", func(t templateInfo) string { return heading(t.Description) }},
	})
}

// heading is the first sentence or line of a description, for a table.
func heading(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if i := strings.Index(line, ". "); i > 0 {
		line = line[:i+1]
	}
	const most = 80
	if r := []rune(line); len(r) > most {
		line = string(r[:most-1]) + "…"
	}
	return oneLine(line)
}
