package graph

import (
	"context"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/protocol"
)

// library finds the saved versions that a document uses as sub-protocols, by
// id or by the hash of their content. Those of another organisation do not
// exist.
func (r *Resolver) library(ctx context.Context, u lab.User) protocol.Library {
	return func(version string) ([]byte, error) {
		v, err := r.Store.Version(ctx, u.Organisation, version)
		if err != nil && lab.CodeOf(err) == lab.NotFound {
			v, err = r.Store.VersionByHash(ctx, u.Organisation, version)
		}
		if err != nil && lab.CodeOf(err) == lab.NotFound {
			return nil, lab.Errorf(lab.NotFound, "There is no protocol version %s.", version)
		}
		return v.Document, err
	}
}
