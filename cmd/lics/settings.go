package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// settings is a file of flags, as YAML: `listen: 0.0.0.0:8400`. A flag goes
// before the environment, that before the file, and that before the default. A
// name that no flag has is refused, because a mistyped setting that does
// nothing is found too late.
type settings map[string]any

func readSettings(r io.Reader) (kong.Resolver, error) {
	s := settings{}
	if err := yaml.NewDecoder(r).Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return nil, usagef("the settings file cannot be read: %v", err)
	}
	return s, nil
}

// Validate refuses names that nothing understands. It is told of every command;
// the flags of the one that runs are checked in Resolve's terms.
func (s settings) Validate(app *kong.Application) error {
	known := map[string]bool{}
	var names []string
	err := kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok && !known[key(f.Name)] {
			known[key(f.Name)] = true
			if len(f.Envs) > 0 {
				names = append(names, key(f.Name))
			}
		}
		return next(nil)
	})
	if err != nil {
		return err
	}
	var wrong []string
	for name := range s {
		if !known[key(name)] {
			wrong = append(wrong, name)
		}
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		slices.Sort(names)
		return fmt.Errorf("the settings file has %s, which nothing understands; there is %s", strings.Join(wrong, ", "), strings.Join(names, ", "))
	}
	return nil
}

// Resolve gives a flag's value from the file.
func (s settings) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if os.Getenv(name) != "" {
			return nil, nil //nolint:nilnil // kong's way to say nothing
		}
	}
	for name, value := range s {
		if key(name) == flag.Name || key(name) == key(flag.Name) {
			return fmt.Sprint(value), nil
		}
	}
	return nil, nil //nolint:nilnil // kong's way to say nothing
}

// key makes --broker-user and broker_user one name.
func key(name string) string { return strings.ReplaceAll(name, "-", "_") }
