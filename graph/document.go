package graph

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
)

// check says all there is to say about a document. One that cannot be read at
// all is a diagnostic too: an editor shows both in the same place.
func (r *Resolver) check(ctx context.Context, u lab.User, document json.RawMessage) (gen.ProtocolCheck, *protocol.Graph, *plan.Plan) {
	g, err := protocol.Parse(document)
	if err != nil {
		return unreadableDocument(err), nil, nil
	}
	p, found := protocol.CompileWith(g, r.library(ctx, u))
	c := gen.ProtocolCheck{
		Ok: !diagnostic.HasErrors(found), Hash: protocol.Hash(g),
		Diagnostics: diagnostics(found), Roles: []gen.ProtocolRole{}, Parameters: []gen.ProtocolParameter{},
	}
	if p != nil {
		c.Roles, c.Parameters = roles(p), parameters(p)
	}
	return c, g, p
}

func unreadableDocument(err error) gen.ProtocolCheck {
	d := gen.Diagnostic{Code: "unreadable", Severity: gen.SeverityError, Message: err.Error()}
	if e, ok := errors.AsType[*lab.Error](err); ok {
		d.Field, d.Message = e.Field, e.Message
	}
	return gen.ProtocolCheck{
		Diagnostics: []gen.Diagnostic{d}, Roles: []gen.ProtocolRole{}, Parameters: []gen.ProtocolParameter{},
	}
}

func diagnostics(found []protocol.Diagnostic) []gen.Diagnostic {
	out := make([]gen.Diagnostic, len(found))
	for i, d := range found {
		out[i] = gen.Diagnostic{
			Code: string(d.Code), Severity: gen.Severity(strings.ToUpper(string(d.Severity))),
			Node: d.Node, Port: d.Port, Edge: d.Edge, Field: d.Field, Column: d.Column,
			Message: d.Message, Hint: d.Hint,
		}
	}
	return out
}

func roles(p *plan.Plan) []gen.ProtocolRole {
	out := make([]gen.ProtocolRole, len(p.Roles))
	for i, r := range p.Roles {
		volumes := map[string]bool{}
		for _, v := range r.Volumes {
			volumes[v] = true
		}
		out[i] = gen.ProtocolRole{Name: r.Name, Channels: make([]gen.ProtocolChannel, len(r.Channels))}
		for j, c := range r.Channels {
			out[i].Channels[j] = gen.ProtocolChannel{
				Name: c.Name, Direction: direction(c.Direction), NeedsCalibration: volumes[c.Name],
			}
		}
	}
	return out
}

func direction(d task.Direction) gen.ChannelDirection {
	if d == task.Out {
		return gen.ChannelDirectionOut
	}
	return gen.ChannelDirectionIn
}

func parameters(p *plan.Plan) []gen.ProtocolParameter {
	out := make([]gen.ProtocolParameter, len(p.Parameters))
	for i, q := range p.Parameters {
		out[i] = gen.ProtocolParameter{
			Name: q.Name, Type: q.Type, Label: q.Label, Help: q.Help, Unit: q.Unit,
			Default: q.Default, Minimum: q.Minimum, Maximum: q.Maximum, Options: q.Options, Live: q.Live,
		}
	}
	return out
}

// compiled is the plan of a document that is going to run. What is wrong with
// it is an error here, which names the first finding.
func (r *Resolver) compiled(ctx context.Context, u lab.User, document json.RawMessage) (*plan.Plan, error) {
	g, err := protocol.Parse(document)
	if err != nil {
		return nil, err
	}
	p, found := protocol.CompileWith(g, r.library(ctx, u))
	if p == nil {
		for _, d := range found {
			if d.Severity == diagnostic.Error {
				return nil, lab.FieldErrorf("document", "The protocol has errors and cannot run. The first: %s", d)
			}
		}
		return nil, lab.FieldErrorf("document", "The protocol does not compile.")
	}
	return p, nil
}

// source is one of the three ways to say which protocol is meant.
type source struct {
	version, name *string
	document      json.RawMessage
}

// find gives the document that a source means, and its version when it is a
// saved one.
func (r *Resolver) find(ctx context.Context, u lab.User, s source) (json.RawMessage, *lab.ProtocolVersion, error) {
	given := 0
	for _, is := range []bool{value(s.version) != "", value(s.name) != "", len(s.document) > 0 && string(s.document) != "null"} {
		if is {
			given++
		}
	}
	if given != 1 {
		return nil, nil, lab.FieldErrorf("protocolVersion", "Give one of protocolVersion, protocol and document.")
	}
	var v lab.ProtocolVersion
	var err error
	switch {
	case value(s.version) != "":
		v, err = r.Store.Version(ctx, u.Organisation, *s.version)
	case value(s.name) != "":
		var p lab.Protocol
		if p, err = r.Store.ProtocolByName(ctx, u.Organisation, *s.name); err == nil {
			v, err = r.Store.VersionByNumber(ctx, u.Organisation, p.ID, p.Latest)
		}
	default:
		return s.document, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return v.Document, &v, nil
}

// save makes a version of a document.
func (r *Resolver) save(ctx context.Context, u lab.User, in gen.SaveProtocolInput) (gen.SaveProtocolPayload, error) {
	found, g, _ := r.check(ctx, u, in.Document)
	if g == nil {
		d := found.Diagnostics[0]
		return gen.SaveProtocolPayload{}, &lab.Error{Code: lab.Invalid, Field: "document", Message: d.Message}
	}
	s := store.SaveProtocol{
		Organisation: u.Organisation, ID: value(in.ID), Name: g.Name, Description: g.Description,
		Document: in.Document, Hash: found.Hash, Note: value(in.Note), By: u.Name, Expected: in.Expected,
	}
	if s.ID != "" && in.Name == nil {
		// The protocol keeps its name until somebody renames it.
		p, err := r.Store.Protocol(ctx, u.Organisation, s.ID)
		if err != nil {
			return gen.SaveProtocolPayload{}, err
		}
		s.Name = p.Name
	}
	change(&s.Name, in.Name)
	change(&s.Description, in.Description)
	if err := named(s.Name); err != nil {
		return gen.SaveProtocolPayload{}, err
	}
	p, v, err := r.Store.SaveProtocol(ctx, s)
	if err != nil {
		return gen.SaveProtocolPayload{}, err
	}
	r.audit(ctx, u, "save_protocol", v.ID, map[string]any{"protocol": p.ID, "name": p.Name, "number": v.Number})
	return gen.SaveProtocolPayload{Protocol: p, Version: v, Check: found}, nil
}

func (r *Resolver) diff(ctx context.Context, u lab.User, from, to string) (gen.ProtocolDiff, error) {
	out := gen.ProtocolDiff{Changes: []gen.ProtocolChange{}}
	var graphs [2]*protocol.Graph
	for i, side := range []struct {
		id string
		v  *lab.ProtocolVersion
	}{{from, &out.From}, {to, &out.To}} {
		v, err := r.Store.Version(ctx, u.Organisation, side.id)
		if err != nil {
			return out, err
		}
		*side.v = v
		if graphs[i], err = protocol.Parse(v.Document); err != nil {
			return out, err
		}
	}
	for _, c := range protocol.Diff(graphs[0], graphs[1]) {
		out.Changes = append(out.Changes, gen.ProtocolChange{
			Kind: gen.ChangeKind(strings.ToUpper(c.What)), Object: c.Object, ID: c.ID,
			Field: c.Field, Before: c.Before, After: c.After,
		})
	}
	return out, nil
}

// change sets a field that was given.
func change(field *string, given *string) {
	if given != nil {
		*field = *given
	}
}

func named(name string) error {
	if strings.TrimSpace(name) == "" {
		return lab.FieldErrorf("name", "Give a name.")
	}
	return nil
}
