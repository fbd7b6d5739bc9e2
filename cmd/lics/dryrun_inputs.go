package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/lics-lab/lics/dryrun"
)

// readInputs reads the events of a dry-run: lines of time_ms, a tab, and the
// event. Blank lines and lines that begin with # are comments. The result is
// never nil, since no file at all means that the animal plays.
func readInputs(path string) ([]dryrun.Input, error) {
	raw, err := readFile(path)
	if err != nil {
		return nil, err
	}
	inputs := []dryrun.Input{}
	for i, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cut := strings.IndexAny(line, "\t ")
		if cut < 0 {
			return nil, usagef("%s:%d: %q: write time_ms, a tab, and the event", path, i+1, line)
		}
		at, err := milliseconds(line[:cut])
		if err != nil {
			return nil, usagef("%s:%d: %v", path, i+1, err)
		}
		inputs = append(inputs, dryrun.Input{At: at, Event: strings.TrimSpace(line[cut:])})
	}
	return inputs, nil
}

// milliseconds reads a decimal number exactly: 2400, 0.5, 10.000001.
func milliseconds(s string) (time.Duration, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole, 10, 63)
	if err != nil || n > math.MaxInt64/uint64(time.Millisecond)-1 {
		return 0, usagef("%q is not a time in milliseconds", s)
	}
	ns := uint64(0)
	if fraction != "" {
		if len(fraction) > 6 {
			return 0, usagef("%q is finer than a nanosecond", s)
		}
		if ns, err = strconv.ParseUint((fraction + "00000")[:6], 10, 63); err != nil {
			return 0, usagef("%q is not a time in milliseconds", s)
		}
	}
	return time.Duration(n)*time.Millisecond + time.Duration(ns), nil
}

// readDraws reads a JSON object from stream name to a list of values.
func readDraws(path string) (map[string][]json.RawMessage, error) {
	raw, err := readFile(path)
	if err != nil {
		return nil, err
	}
	var draws map[string][]json.RawMessage
	if err := json.Unmarshal(raw, &draws); err != nil || draws == nil {
		return nil, usagef(`%s: it must be a JSON object from stream to list, such as {"target": [3, 1, 5]}`, path)
	}
	for stream, values := range draws {
		for i, v := range values {
			if bytes.Equal(v, []byte("null")) {
				return nil, usagef("%s: %s[%d] is null", path, stream, i)
			}
		}
	}
	return draws, nil
}
