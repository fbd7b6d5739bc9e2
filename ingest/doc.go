// Package ingest takes what devices say from MQTT into the store, and tells
// whoever watches. A batch of rows is acknowledged after the store has
// committed it, never before: whatever dies in between, the device sends it
// again, and the store takes it once.
package ingest
