package graph

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/store"
)

func (r *Resolver) updateProtocol(ctx context.Context, u lab.User, in gen.UpdateProtocolInput) (lab.Protocol, error) {
	p, err := r.Store.Protocol(ctx, u.Organisation, in.ID)
	if err != nil {
		return p, err
	}
	change(&p.Name, in.Name)
	change(&p.Description, in.Description)
	archive(&p.ArchivedAt, in.Archived)
	if err := named(p.Name); err != nil {
		return p, err
	}
	if p, err = r.Store.UpdateProtocol(ctx, p); err == nil {
		r.audit(ctx, u, "update_protocol", p.ID, in)
	}
	return p, err
}

func (r *Resolver) restoreVersion(ctx context.Context, u lab.User, in gen.RestoreVersionInput) (gen.RestoreVersionPayload, error) {
	var none gen.RestoreVersionPayload
	old, err := r.Store.Version(ctx, u.Organisation, in.Version)
	if err != nil {
		return none, err
	}
	p, err := r.Store.Protocol(ctx, u.Organisation, old.Protocol)
	if err != nil {
		return none, err
	}
	note := value(in.Note)
	if note == "" {
		note = fmt.Sprintf("Version %d again, of %s.", old.Number, old.CreatedAt.UTC().Format(time.DateOnly))
	}
	p, v, err := r.Store.SaveProtocol(ctx, store.SaveProtocol{
		Organisation: u.Organisation, ID: p.ID, Name: p.Name, Description: p.Description,
		Document: old.Document, Hash: old.Hash, Note: note, By: u.Name, Expected: in.Expected,
	})
	if err != nil {
		return none, err
	}
	r.audit(ctx, u, "restore_version", v.ID, map[string]any{"protocol": p.ID, "restored": old.Number, "number": v.Number})
	return gen.RestoreVersionPayload{Protocol: p, Version: v}, nil
}

// duplicateProtocol gives the copy a name of its own inside its document as
// well: it is what a file of it will be called.
func (r *Resolver) duplicateProtocol(ctx context.Context, u lab.User, in gen.DuplicateProtocolInput) (gen.DuplicateProtocolPayload, error) {
	var none gen.DuplicateProtocolPayload
	old, err := r.Store.Version(ctx, u.Organisation, in.Version)
	if err != nil {
		return none, err
	}
	p, err := r.Store.Protocol(ctx, u.Organisation, old.Protocol)
	if err != nil {
		return none, err
	}
	g, err := protocol.Parse(old.Document)
	if err != nil {
		return none, err
	}
	if in.Name != nil {
		g.Name = strings.TrimSpace(*in.Name)
	} else if g.Name, err = r.copyName(ctx, u, p.Name); err != nil {
		return none, err
	}
	if err := named(g.Name); err != nil {
		return none, err
	}
	document, err := g.Encode()
	if err != nil {
		return none, err
	}
	first := 0 // there must be none of the name
	copied, v, err := r.Store.SaveProtocol(ctx, store.SaveProtocol{
		Organisation: u.Organisation, Name: g.Name, Description: p.Description, Document: document, Hash: protocol.Hash(g),
		Note: fmt.Sprintf("Copy of version %d of %s.", old.Number, p.Name), By: u.Name, Expected: &first,
	})
	if lab.CodeOf(err) == lab.Conflict {
		return none, &lab.Error{Code: lab.Conflict, Field: "name", Message: fmt.Sprintf("There is already a protocol %s. Give another name.", g.Name)}
	}
	if err != nil {
		return none, err
	}
	r.audit(ctx, u, "duplicate_protocol", copied.ID, map[string]any{"version": old.ID, "name": copied.Name})
	return gen.DuplicateProtocolPayload{Protocol: copied, Version: v}, nil
}

// copyName is the first free one of "x copy", "x copy 2", …
func (r *Resolver) copyName(ctx context.Context, u lab.User, name string) (string, error) {
	for n := 1; ; n++ {
		try := name + " copy"
		if n > 1 {
			try = fmt.Sprintf("%s copy %d", name, n)
		}
		p, err := optional(r.Store.ProtocolByName(ctx, u.Organisation, try))
		if err != nil || p == nil {
			return try, err
		}
	}
}
