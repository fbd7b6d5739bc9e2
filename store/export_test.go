package store

// The queries of RunStream and RunStreamBack, for a look at their plans.
const (
	StreamRows     = streamRows
	StreamRowsBack = streamRowsBack
)
