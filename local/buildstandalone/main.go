// Command buildstandalone builds bin/lics-standalone unless it is up to date. It
// is what `make standalone` runs; tests that need the program call the same
// function.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/lics-lab/lics/local"
)

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func build() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	path, err := local.FindStandalone(ctx, local.StandaloneConfig{
		Progress: func(line string) { fmt.Fprintln(os.Stderr, line) },
	})
	if err != nil {
		return err
	}
	fmt.Println(path)
	return nil
}
