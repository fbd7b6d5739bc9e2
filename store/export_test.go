package store

// StreamRows is the query of RunStream, for a look at its plan.
const StreamRows = streamRows
