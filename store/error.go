package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/lics-lab/lics/lab"
)

// fail gives a database error the code that a caller can act on and the noun
// it is about. The original stays in the chain, for the log.
func fail(err error, noun string) error {
	var known *lab.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded) && !connecting(err):
		return fmt.Errorf("%s: %w", noun, err)
	case errors.Is(err, pgx.ErrNoRows):
		return lab.Errorf(lab.NotFound, "There is no %s.", noun)
	case unavailable(err):
		return coded(lab.Unavailable, err, "The database cannot be reached. Try again in a moment.")
	}
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch p.Code {
		case "23505": // unique_violation
			return coded(lab.Conflict, err, "There is already a %s like this.", noun)
		case "23503": // foreign_key_violation
			return coded(lab.Invalid, err, "The %s refers to something that does not exist (%s).", noun, p.ConstraintName)
		case "23514", "23502", "22021", "22P05", "22P02", "22001": // check, not null, encodings, malformed
			return coded(lab.Invalid, err, "The %s is not valid: %s.", noun, p.Message)
		case "23001": // restrict_violation, raised by our triggers
			return coded(lab.State, err, "Not possible: %s.", p.Message)
		}
	}
	return fmt.Errorf("%s: %w", noun, err)
}

// codedError is a lab.Error that remembers its cause.
type codedError struct {
	lab   error
	cause error
}

func (e *codedError) Error() string   { return e.lab.Error() + " (" + e.cause.Error() + ")" }
func (e *codedError) Unwrap() []error { return []error{e.lab, e.cause} }

func coded(code lab.Code, cause error, format string, args ...any) error {
	return &codedError{lab.Errorf(code, format, args...), cause}
}

func invalidDSN(err error) error {
	return coded(lab.Invalid, err, "The address of the database cannot be read. Write postgres://user@host/database.")
}

func connecting(err error) bool {
	var c *pgconn.ConnectError
	return errors.As(err, &c)
}

// unavailable reports whether the database, and not the query, is the problem.
func unavailable(err error) bool {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case strings.HasPrefix(p.Code, "08"), // connection exception
			strings.HasPrefix(p.Code, "53"),  // out of connections, memory, disk
			strings.HasPrefix(p.Code, "57P"), // shutting down, crashed, starting up
			p.Code == "25006",                // read-only: a standby, or a full disk's safety
			p.Code == "25P03",                // idle in transaction too long
			p.Code == "40001", p.Code == "40P01":
			return true
		}
		return false
	}
	var n net.Error
	return connecting(err) || errors.As(err, &n) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed") ||
		strings.Contains(err.Error(), "closed pool")
}
