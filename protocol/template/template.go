// Package template holds the protocols that LICS ships: published tasks, drawn
// once and tested against the traces they must give, to start from instead of
// an empty canvas.
package template

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/lics-lab/lics/lab"
)

//go:embed *.json
var files embed.FS

// Template is a shipped protocol. Document is its graph JSON; Title,
// Description and Reference are what it says about itself.
type Template struct {
	Name        string
	Title       string
	Description string
	Reference   string
	Document    json.RawMessage
}

// All lists the templates by name.
func All() []Template {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("template: the embedded files cannot be listed: %v", err))
	}
	all := make([]Template, 0, len(entries))
	for _, e := range entries {
		all = append(all, read(e.Name()))
	}
	return all
}

// Get finds a template by its name.
func Get(name string) (Template, error) {
	all := All()
	i := slices.IndexFunc(all, func(t Template) bool { return t.Name == name })
	if i < 0 {
		names := make([]string, len(all))
		for i, t := range all {
			names[i] = t.Name
		}
		return Template{}, lab.Errorf(lab.NotFound, "There is no template %.60q. There is %s.", name, strings.Join(names, ", "))
	}
	return all[i], nil
}

func read(file string) Template {
	raw, err := files.ReadFile(file)
	if err != nil {
		panic(fmt.Sprintf("template: %v", err))
	}
	var head struct{ Name, Description, Reference string }
	if err := json.Unmarshal(raw, &head); err != nil {
		panic(fmt.Sprintf("template: %s: %v", file, err)) // a test reads them all
	}
	return Template{
		Name:  strings.TrimSuffix(path.Base(file), ".json"),
		Title: head.Name, Description: head.Description, Reference: head.Reference, Document: raw,
	}
}
