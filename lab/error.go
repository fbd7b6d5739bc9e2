// Package lab holds the nouns people use: protocols, runs, devices, subjects.
// The database stores them and the API shows them. It imports only the
// standard library.
package lab

import (
	"errors"
	"fmt"
)

// Code says what kind of thing went wrong. Codes, not messages, are compared.
type Code string

// The codes an API client may meet in extensions.code.
const (
	Invalid         Code = "INVALID"         // the input is wrong; Field says where
	NotFound        Code = "NOT_FOUND"       //
	Conflict        Code = "CONFLICT"        // somebody else changed it, or it is in use
	State           Code = "WRONG_STATE"     // not possible in the present state
	Unauthenticated Code = "UNAUTHENTICATED" //
	Forbidden       Code = "FORBIDDEN"       //
	Unavailable     Code = "UNAVAILABLE"     // a part is down; try again
	TooLarge        Code = "TOO_LARGE"       //
	Internal        Code = "INTERNAL"        // ours; the log knows more

	// Of a value for a parameter of a run under way; Field names it.

	UnknownParameter Code = "UNKNOWN_PARAMETER" // the protocol has no such parameter
	NotLive          Code = "NOT_LIVE"          // it is fixed from the start of the run on
	WrongType        Code = "WRONG_TYPE"        // the value is of another type
	OutOfLimits      Code = "OUT_OF_LIMITS"     // below the minimum, above the maximum, or no option
)

// Error is the only error shown to people. Message is a sentence that says
// what to do.
type Error struct {
	Code    Code
	Message string
	Field   string
}

func (e *Error) Error() string { return e.Message }

// Errorf makes an Error.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// FieldErrorf makes an Error about one field of the input.
func FieldErrorf(field, format string, args ...any) error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf is the code of an error, Internal for any that is not ours.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
