package graph

import _ "embed"

// SDL is the whole schema as clients read it. A test keeps it up to date.
//
//go:embed schema.graphql
var SDL string
