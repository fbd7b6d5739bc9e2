package graph

import (
	"encoding/json"
	"strings"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/template"
)

// nodeKinds shows the catalogue, whole or of a level.
func nodeKinds(level *gen.NodeLevel) ([]gen.NodeKind, error) {
	out := []gen.NodeKind{}
	for _, k := range node.All() {
		l := gen.NodeLevel(strings.ToUpper(string(k.Level)))
		if level != nil && *level != l {
			continue
		}
		schema, err := json.Marshal(k.Schema)
		if err != nil {
			return nil, err
		}
		out = append(out, gen.NodeKind{
			Type: k.Type, Level: l, Container: k.Container, Top: k.Top,
			Label: k.Label, Icon: k.Icon, Group: k.Group, Help: k.Help,
			Standard: gen.NodeStandard{Term: k.Standard.Term, Source: k.Standard.Source},
			Ports:    nodePorts(k.Ports), Schema: schema,
		})
	}
	return out, nil
}

func shownTemplate(t template.Template) gen.Template {
	return gen.Template{Name: t.Name, Title: t.Title, Description: t.Description, Reference: t.Reference, Document: t.Document}
}

func nodePorts(rules []node.PortRule) []gen.NodePort {
	out := make([]gen.NodePort, len(rules))
	for i, p := range rules {
		out[i] = gen.NodePort{
			Name: p.Name, Label: p.Label, Optional: p.Optional, Many: p.Many, Answers: p.Answers,
			Each: p.Each, When: p.When, Unless: p.Unless,
			Direction: gen.PortDirection(strings.ToUpper(string(p.Direction))),
		}
	}
	return out
}
