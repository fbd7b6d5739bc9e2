package graph

import (
	"context"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vikstrous/dataloadgen"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/store"
)

// gather is how long a loader waits for more keys. It is all that a single
// lookup pays.
const gather = 500 * time.Microsecond

// loaders look things up once for a query, however many runs of a list refer
// to them. A subscription has none: each of its events shows what is now.
type loaders struct {
	versions    *dataloadgen.Loader[string, lab.ProtocolVersion]
	plans       *dataloadgen.Loader[string, *plan.Plan]
	subjects    *dataloadgen.Loader[string, lab.Subject]
	experiments *dataloadgen.Loader[string, lab.Experiment]
	devices     *dataloadgen.Loader[string, *lab.Device]
	runs        *dataloadgen.Loader[string, lab.Run]
}

type loadersKey struct{}

// loading gives every query loaders of its own.
func loading(r *Resolver) graphql.OperationMiddleware {
	return func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		u, err := User(ctx)
		if err != nil || graphql.GetOperationContext(ctx).Operation.Operation != ast.Query {
			return next(ctx)
		}
		return next(context.WithValue(ctx, loadersKey{}, r.loaders(u.Organisation)))
	}
}

func (r *Resolver) loaders(org string) *loaders {
	wait := dataloadgen.WithWait(gather)
	return &loaders{
		versions:    dataloadgen.NewLoader(each(org, r.Store.Version), wait),
		plans:       dataloadgen.NewLoader(each(org, r.compiledVersion), wait),
		subjects:    dataloadgen.NewLoader(each(org, r.Store.Subject), wait),
		experiments: dataloadgen.NewLoader(each(org, r.Store.Experiment), wait),
		runs:        dataloadgen.NewLoader(each(org, r.Store.Run), wait),
		devices: dataloadgen.NewLoader(func(ctx context.Context, ids []string) ([]*lab.Device, []error) {
			found, _, err := r.Store.Devices(ctx, org, store.DeviceFilter{IDs: ids}, store.Page{First: store.MaxPage})
			if err != nil {
				return nil, []error{err}
			}
			by := map[string]*lab.Device{}
			for i := range found {
				by[found[i].ID] = &found[i]
			}
			out := make([]*lab.Device, len(ids))
			for i, id := range ids {
				out[i] = by[id]
			}
			return out, nil
		}, wait),
	}
}

// each looks keys up one by one: what counts is that it does so once.
func each[T any](org string, get func(ctx context.Context, org, id string) (T, error)) func(context.Context, []string) ([]T, []error) {
	return func(ctx context.Context, ids []string) ([]T, []error) {
		out, errs := make([]T, len(ids)), make([]error, len(ids))
		for i, id := range ids {
			out[i], errs[i] = get(ctx, org, id)
		}
		return out, errs
	}
}

func (r *Resolver) version(ctx context.Context, org, id string) (lab.ProtocolVersion, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.versions.Load(ctx, id)
	}
	return r.Store.Version(ctx, org, id)
}

// planOf is the compiled version of a run.
func (r *Resolver) planOf(ctx context.Context, run *lab.Run) (*plan.Plan, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.plans.Load(ctx, run.Version)
	}
	return r.compiledVersion(ctx, run.Organisation, run.Version)
}

func (r *Resolver) compiledVersion(ctx context.Context, org, id string) (*plan.Plan, error) {
	u, err := User(ctx)
	if err != nil {
		return nil, err
	}
	v, err := r.version(ctx, org, id)
	if err != nil {
		return nil, err
	}
	return r.compiled(ctx, u, v.Document)
}

func (r *Resolver) run(ctx context.Context, org, id string) (lab.Run, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.runs.Load(ctx, id)
	}
	return r.Store.Run(ctx, org, id)
}

func (r *Resolver) subject(ctx context.Context, org, id string) (*lab.Subject, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return optional(l.subjects.Load(ctx, id))
	}
	return optional(r.Store.Subject(ctx, org, id))
}

func (r *Resolver) experiment(ctx context.Context, org, id string) (*lab.Experiment, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return optional(l.experiments.Load(ctx, id))
	}
	return optional(r.Store.Experiment(ctx, org, id))
}

func (r *Resolver) device(ctx context.Context, org, id string) (*lab.Device, error) {
	if l, ok := ctx.Value(loadersKey{}).(*loaders); ok {
		return l.devices.Load(ctx, id)
	}
	return optional(r.Store.Device(ctx, org, id))
}
