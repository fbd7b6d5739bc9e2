package graph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
)

// checkRun says all there is to say about a start. It stands on the functions
// that startRun stands on, so that the two cannot disagree.
func (r *Resolver) checkRun(ctx context.Context, u lab.User, in gen.StartRunInput, zone *time.Location) (gen.RunCheck, error) {
	var out gen.RunCheck
	p, protocol, err := r.protocolChecks(ctx, u, in)
	if err != nil {
		return out, err
	}
	out.Checks = append(out.Checks, protocol...)
	if p != nil {
		out.Checks = append(out.Checks, parameterChecks(p, in.Parameters)...)
		devices, err := r.deviceChecks(ctx, u, p, in)
		if err != nil {
			return out, err
		}
		out.Checks = append(out.Checks, devices...)
	}
	out.Checks = append(out.Checks, seedCheck(in.Seed))
	about, err := r.subjectChecks(ctx, u, in, zone)
	if err != nil {
		return out, err
	}
	out.Checks = append(out.Checks, about...)
	out.Ok = !blocked(out.Checks)
	return out, nil
}

// protocolChecks gives the plan as well, nil when there is none.
func (r *Resolver) protocolChecks(ctx context.Context, u lab.User, in gen.StartRunInput) (*plan.Plan, []gen.StartCheck, error) {
	block := func(err error) (*plan.Plan, []gen.StartCheck, error) {
		c, err := asCheck(gen.StartCheckCodeProtocol, err)
		return nil, []gen.StartCheck{c}, err
	}
	document, version, err := r.find(ctx, u, source{in.ProtocolVersion, in.Protocol, in.Document})
	if err != nil {
		return block(err)
	}
	p, err := r.compiled(ctx, u, document)
	if err != nil {
		return block(err)
	}
	c := gen.StartCheck{Code: gen.StartCheckCodeProtocol, Severity: gen.CheckSeverityOk, Message: fmt.Sprintf("The protocol %s compiles.", p.Name)}
	if said, _, _ := r.check(ctx, u, document); len(said.Diagnostics) > 0 {
		c.Severity, c.Hint = gen.CheckSeverityWarns, said.Diagnostics[0].Hint
		c.Message = fmt.Sprintf("The protocol has %d warnings. The first: %s.", len(said.Diagnostics), said.Diagnostics[0].Message)
	}
	found := []gen.StartCheck{c}
	if version != nil {
		of, err := r.Store.Protocol(ctx, u.Organisation, version.Protocol)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, archiveChecks(of, *version)...)
	}
	return p, found, nil
}

// archiveChecks warns of what somebody has put away, or changed since.
func archiveChecks(p lab.Protocol, v lab.ProtocolVersion) []gen.StartCheck {
	var found []gen.StartCheck
	warn := func(hint, format string, args ...any) {
		found = append(found, gen.StartCheck{
			Code: gen.StartCheckCodeProtocol, Severity: gen.CheckSeverityWarns, Field: "protocolVersion", Hint: hint, Message: fmt.Sprintf(format, args...),
		})
	}
	if p.ArchivedAt != nil {
		warn("Ask who archived it.", "The protocol %s is archived since %s.", p.Name, p.ArchivedAt.UTC().Format(time.DateOnly))
	}
	if v.Number < p.Latest {
		warn("Choose the latest one, unless this one is meant.", "Version %d of the protocol %s is not the latest, which is %d.", v.Number, p.Name, p.Latest)
	}
	return found
}

// asCheck makes a check of an error that is about the input. Any other error
// stays one: that a database is away says nothing about the start.
func asCheck(code gen.StartCheckCode, err error) (gen.StartCheck, error) {
	switch lab.CodeOf(err) {
	case lab.Invalid, lab.NotFound, lab.State, lab.TooLarge:
		c := gen.StartCheck{Code: code, Severity: gen.CheckSeverityBlocks, Message: message(err)}
		c.Field = field(err)
		return c, nil
	}
	return gen.StartCheck{}, err
}

// parameterChecks has one result for each value that is wrong, or one for all.
func parameterChecks(p *plan.Plan, raw json.RawMessage) []gen.StartCheck {
	block := func(err error) gen.StartCheck {
		return gen.StartCheck{Code: gen.StartCheckCodeParameter, Severity: gen.CheckSeverityBlocks, Message: message(err), Field: field(err)}
	}
	given, err := object(raw, "parameters")
	if err != nil {
		return []gen.StartCheck{block(err)}
	}
	var found []gen.StartCheck
	for _, q := range p.Parameters {
		alone := map[string]json.RawMessage{}
		if v, ok := given[q.Name]; ok {
			alone[q.Name] = v
		}
		if err := parametersOf(&plan.Plan{Parameters: []plan.Parameter{q}}, alone); err != nil {
			found = append(found, block(err))
		}
	}
	for name := range given {
		if !slices.ContainsFunc(p.Parameters, func(q plan.Parameter) bool { return q.Name == name }) {
			found = append(found, block(parametersOf(p, map[string]json.RawMessage{name: given[name]})))
		}
	}
	slices.SortStableFunc(found, func(a, b gen.StartCheck) int { return cmp.Compare(a.Field, b.Field) })
	if found == nil {
		found = append(found, gen.StartCheck{
			Code: gen.StartCheckCodeParameter, Severity: gen.CheckSeverityOk, Field: "parameters", Message: "All parameters are valid and within their limits.",
		})
	}
	return found
}

// deviceChecks looks at every role, and at what was bound to no role.
func (r *Resolver) deviceChecks(ctx context.Context, u lab.User, p *plan.Plan, in gen.StartRunInput) ([]gen.StartCheck, error) {
	boxes, err := r.boxes(ctx, u, in)
	if err != nil {
		return nil, err
	}
	found := roleChecks(p, in.Devices)
	for _, role := range p.Roles {
		for _, g := range in.Devices {
			if g.Role != role.Name {
				continue
			}
			have, known := boxes[g.Device]
			if !known {
				found = append(found, unknownDevice(g))
				continue
			}
			names, err := mapping(role, g)
			if err != nil {
				c, err := asCheck(gen.StartCheckCodeChannel, err)
				if err != nil {
					return nil, err
				}
				c.Role, c.DeviceID = role.Name, g.Device
				found = append(found, c, online(role, have), free(role, have))
				continue
			}
			found = append(found, r.checkDevice(role, names, have)...)
		}
	}
	return found, nil
}

func seedCheck(seed *int64) gen.StartCheck {
	c := gen.StartCheck{Code: gen.StartCheckCodeSeed, Severity: gen.CheckSeverityOk, Field: "seed", Message: "A new seed is made up for the run."}
	if err := validSeed(seed); err != nil {
		c.Severity, c.Message = gen.CheckSeverityBlocks, message(err)
	} else if seed != nil {
		c.Message = fmt.Sprintf("All random draws come from the seed %d: with the same inputs they are those of any other run with it.", *seed)
	}
	return c
}

// field is the field of the input that an error is about.
func field(err error) string {
	if e, ok := errors.AsType[*lab.Error](err); ok {
		return e.Field
	}
	return ""
}

// zoneOf is the zone of a name, the server's when there is none.
func zoneOf(name *string) (*time.Location, error) {
	if value(name) == "" {
		return time.Local, nil //nolint:gosmopolitan // the day of the lab that the server stands in
	}
	zone, err := time.LoadLocation(*name)
	if err != nil {
		return nil, lab.FieldErrorf("timeZone", "There is no time zone %q. Give a name of the IANA database, such as Europe/Berlin.", *name)
	}
	return zone, nil
}
