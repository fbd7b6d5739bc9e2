package wire

import (
	"errors"
	"strings"
)

// The second-level names that have a meaning of their own. Any other name is a
// metric.
const (
	TopicCommand = "command" // to the device, QoS 1
	TopicReply   = "reply"   // from the device, QoS 1
	TopicEvents  = "events"  // from the device, QoS 1
	TopicFrames  = "frames"  // from the device, QoS 1
	TopicAck     = "ack"     // to the device, QoS 1
	TopicStatus  = "status"  // from the device, QoS 1, retained
	TopicConfig  = "config"  // to the device, QoS 1, retained
	TopicLevels  = "levels"  // from the device, QoS 0
)

// HaltAll is the topic on which every device goes to its safe state.
const HaltAll = "lics/all/halt"

const prefix = "lics/devices/"

const runPrefix = "lics/runs/"

// AnyRun is the filter for RunTopic of all runs.
const AnyRun = runPrefix + "+"

// RunTopic is where a process that has stored events of a run tells the others.
// What the message says does not matter: they look into the store. It is said
// at QoS 0 and may be lost.
func RunTopic(run string) string { return runPrefix + run }

// RunOfTopic is the inverse of RunTopic.
func RunOfTopic(topic string) (run string, ok bool) {
	run, ok = strings.CutPrefix(topic, runPrefix)
	return run, ok && run != "" && len(run) <= 64
}

// Topic is the topic of a device's channel of communication.
func Topic(device, name string) string { return prefix + device + "/" + name }

// AnyDevice is the filter for one name of all devices.
func AnyDevice(name string) string { return prefix + "+/" + name }

// ErrTopic is the error of a topic that is not lics/devices/{id}/{name}.
var ErrTopic = errors.New("not a topic of the form lics/devices/{id}/{name}")

// ParseTopic takes a topic apart.
func ParseTopic(topic string) (device, name string, err error) {
	rest, ok := strings.CutPrefix(topic, prefix)
	if !ok {
		return "", "", ErrTopic
	}
	device, name, ok = strings.Cut(rest, "/")
	if !ok || !ValidDevice(device) || name == "" || strings.Contains(name, "/") {
		return "", "", ErrTopic
	}
	return device, name, nil
}

// ValidDevice reports whether id can name a device: a letter or digit, then
// letters, digits, '.', '_' and '-', 64 at most.
func ValidDevice(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for i, c := range []byte(id) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case i > 0 && (c == '-' || c == '_' || c == '.'):
		default:
			return false
		}
	}
	return true
}

// CommandID is the id of the command that a visit of a node gives: the same on
// every retry, whoever sends it.
func CommandID(run, node, visit string) string { return run + "/" + node + "/" + visit }
