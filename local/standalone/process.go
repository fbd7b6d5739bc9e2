package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// configure reads the configuration into cfg: from a file when a person or a
// service manager named one, else from the first line of standard input, which
// a parent process holds open for as long as it lives. Secrets come this way,
// so that they are never in an argument list or in an environment.
func configure(cfg any, args []string) error {
	if len(args) == 2 {
		body, err := os.ReadFile(args[1])
		if err != nil {
			return err
		}
		return decode(body, cfg)
	}
	stdin := bufio.NewReader(os.Stdin)
	line, err := stdin.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the configuration from standard input: %w", err)
	}
	if err := decode(line, cfg); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, stdin)
		// The parent is gone, with kill -9 perhaps. Everything kept here is safe
		// against a crash, so there is nothing to wait for: leave at once.
		os.Exit(0)
	}()
	return nil
}

// decode refuses unknown fields: an old binary under a new lics must say so and
// not run without a setting it was given.
func decode(body []byte, cfg any) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(cfg); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	return nil
}

// announce tells the parent, in one line, that requests are being answered and where.
func announce(w io.Writer, ready any) error {
	return json.NewEncoder(w).Encode(ready)
}
