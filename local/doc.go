// Package local is what `lics up` runs beside the product: a private PostgreSQL
// cluster, an MQTT broker, and the child process lics-standalone with the
// Temporal server and the S3 gateway. Each of them can be killed at any moment
// and comes back by itself on the same address; none of them outlives the
// process that started it, even when that one is killed with -9.
//
// The package is for one machine and for Linux. It knows nothing of the store,
// of protocols or of runs; what it hands out are addresses.
package local
