package lab

import (
	"encoding/json"
	"time"
)

// Point is one value of a device's metric.
type Point struct {
	Metric string
	At     time.Time
	Value  float64
}

// Bucket is what the points of a metric in a span of time have in common.
type Bucket struct {
	At    time.Time // where the span begins
	Mean  float64
	Min   float64
	Max   float64
	Count int64
}

// Rig is a hardware description that a device once said it has. Document is a
// wire.Rig.
type Rig struct {
	Organisation string
	Hash         string
	Name         string
	Document     json.RawMessage
	CreatedAt    time.Time
}

// Note is what a person wrote in the book of a run.
type Note struct {
	ID   string
	Run  string
	At   time.Time
	By   string
	Text string
}
