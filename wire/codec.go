package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Limits of what is inside a message.
const (
	MaxConfigBytes = 256 << 10
	MaxStatusBytes = 256 << 10
	MaxAckBytes    = 4 << 10
	MaxLevelsBytes = 64 << 10
	MaxIDBytes     = 256 // of a command's id, run, node, visit and boot
)

// Error says why a message cannot be taken; Code is one of the Reason codes.
type Error struct {
	Code    string
	Message string
}

func (e *Error) Error() string { return e.Message }

// Reason is the error as it goes into a Reply.
func (e *Error) Reason() *Reason { return &Reason{Code: e.Code, Message: e.Message} }

func malformed(format string, args ...any) error {
	return &Error{Code: ReasonMalformed, Message: fmt.Sprintf(format, args...)}
}

// ErrRefused is what Reply.Err wraps when the device did nothing.
var ErrRefused = errors.New("the device refused")

// Err is nil unless the reply says that the command was refused or failed.
func (r Reply) Err() error {
	reason := "no reason given"
	if r.Reason != nil {
		reason = r.Reason.Message
	}
	switch r.State {
	case Refused:
		return fmt.Errorf("%w: %s", ErrRefused, reason)
	case Failed:
		return fmt.Errorf("the device failed: %s", reason)
	case Received, Started, Progress, Done, Interrupted:
	}
	return nil
}

// EncodeCommand fills in the version and checks the limits.
func EncodeCommand(c Command) ([]byte, error) {
	c.V = Major
	if err := c.check(); err != nil {
		return nil, err
	}
	return encode("command", c, MaxCommandBytes)
}

// DecodeCommand reads a command. When the error is about its content, the
// fields that could be read are returned with it, so that a reply can name the
// command it refuses.
func DecodeCommand(b []byte) (Command, error) {
	c, err := decode[Command]("command", b, MaxCommandBytes)
	if err != nil {
		return c, err
	}
	return c, errors.Join(version("command", c.V), c.check())
}

func (c Command) check() error {
	switch {
	case c.ID == "":
		return malformed("the command has no id")
	case len(c.ID) > MaxIDBytes, len(c.Run) > MaxIDBytes, len(c.Node) > MaxIDBytes, len(c.Visit) > MaxIDBytes:
		return malformed("an id of the command is longer than %d bytes", MaxIDBytes)
	case c.Verb == "":
		return malformed("the command has no verb")
	}
	return nil
}

// EncodeReply fills in the version and checks the limits.
func EncodeReply(r Reply) ([]byte, error) {
	r.V = Major
	return encode("reply", r, MaxReplyBytes)
}

// DecodeReply reads a reply.
func DecodeReply(b []byte) (Reply, error) {
	r, err := decode[Reply]("reply", b, MaxReplyBytes)
	if err != nil {
		return r, err
	}
	if r.Command == "" || r.State == "" {
		err = malformed("the reply names no command or no state")
	}
	return r, errors.Join(version("reply", r.V), err)
}

// EncodeBatch fills in the version and checks the limits.
func EncodeBatch(e EventBatch) ([]byte, error) {
	e.V = Major
	if err := e.check(); err != nil {
		return nil, err
	}
	return encode("event batch", e, MaxBatchBytes)
}

// DecodeBatch reads an event batch.
func DecodeBatch(b []byte) (EventBatch, error) {
	e, err := decode[EventBatch]("event batch", b, MaxBatchBytes)
	if err != nil {
		return e, err
	}
	return e, errors.Join(version("event batch", e.V), e.check())
}

func (b EventBatch) check() error {
	switch {
	case !ValidDevice(b.Device):
		return malformed("the event batch names no device")
	case b.Boot == "" || len(b.Boot) > MaxIDBytes:
		return malformed("the event batch names no boot")
	case b.First < 1 || b.First > math.MaxInt64-MaxBatchRows:
		return malformed("the first row has number %d", b.First)
	case len(b.Rows) == 0:
		return malformed("the event batch has no rows")
	case len(b.Rows) > MaxBatchRows:
		return malformed("the event batch has %d rows, %d are allowed", len(b.Rows), MaxBatchRows)
	}
	for i := range b.Rows {
		if b.Rows[i].Kind == "" {
			return malformed("row %d has no kind", b.First+int64(i))
		}
	}
	return nil
}

// EncodeAck fills in the version.
func EncodeAck(a Ack) ([]byte, error) {
	a.V = Major
	return encode("ack", a, MaxAckBytes)
}

// DecodeAck reads an acknowledgement.
func DecodeAck(b []byte) (Ack, error) {
	a, err := decode[Ack]("ack", b, MaxAckBytes)
	if err != nil {
		return a, err
	}
	if a.Boot == "" || a.Seq < 0 {
		err = malformed("the ack names no boot or no row")
	}
	return a, errors.Join(version("ack", a.V), err)
}

// EncodeStatus fills in the version and checks the limits.
func EncodeStatus(s Status) ([]byte, error) {
	s.V = Major
	return encode("status", s, MaxStatusBytes)
}

// DecodeStatus reads a status.
func DecodeStatus(b []byte) (Status, error) {
	s, err := decode[Status]("status", b, MaxStatusBytes)
	if err != nil {
		return s, err
	}
	if !ValidDevice(s.Device) {
		err = malformed("the status names no device")
	}
	return s, errors.Join(version("status", s.V), err)
}

// EncodeLevels fills in the version and checks the limits.
func EncodeLevels(l Levels) ([]byte, error) {
	l.V = Major
	return encode("levels", l, MaxLevelsBytes)
}

// DecodeLevels reads levels.
func DecodeLevels(b []byte) (Levels, error) {
	l, err := decode[Levels]("levels", b, MaxLevelsBytes)
	if err != nil {
		return l, err
	}
	if !ValidDevice(l.Device) {
		err = malformed("the levels name no device")
	}
	return l, errors.Join(version("levels", l.V), err)
}

// EncodeConfig fills in the version and checks the limits.
func EncodeConfig(c Config) ([]byte, error) {
	c.V = Major
	return encode("config", c, MaxConfigBytes)
}

// DecodeConfig reads a desired configuration.
func DecodeConfig(b []byte) (Config, error) {
	c, err := decode[Config]("config", b, MaxConfigBytes)
	if err != nil {
		return c, err
	}
	return c, version("config", c.V)
}

func encode(what string, v any, limit int) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, malformed("%s: %v", what, err)
	}
	if len(b) > limit {
		return nil, malformed("the %s has %d bytes, %d are allowed", what, len(b), limit)
	}
	return b, nil
}

func decode[T any](what string, b []byte, limit int) (T, error) {
	var v T
	if len(b) > limit {
		return v, malformed("the %s has %d bytes, %d are allowed", what, len(b), limit)
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return v, malformed("the %s cannot be read: %v", what, err)
	}
	return v, nil
}

func version(what string, v int) error {
	switch {
	case v > Major:
		return &Error{Code: ReasonVersion, Message: fmt.Sprintf(
			"the %s is of version %d; this side reads versions up to %d", what, v, Major)}
	case v < 1:
		return malformed("the %s has no version", what)
	}
	return nil
}
