// Command gen generates slim Go clients from API specs.
//
//	gen generate --spec FILE --out DIR [--package NAME] [--operation NAME]...
//	gen                     # everything that lathe.yaml lists
//	gen init SPEC           # a lathe.yaml to begin with
//	gen check               # is what is there what would be generated
//	gen diff OLD NEW        # what a change of a spec breaks
//	gen watch               # generate whenever a spec is saved
//	gen adopt               # slim clients in the place of the SDK's packages
//	gen models list DIR     # published models in a folder
//	gen list ['Get*']       # the operations of the specs
//	gen explain NAME        # why a type is emitted, or not
//	gen version             # what it was built from, and what clients need
//
// The package holds what belongs to the command alone: flags, the configuration
// file lathe.yaml, output for people and for programs, exit codes.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/lathe"
)

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	// exitDrift says that the committed code is not what the spec generates.
	exitDrift = 2
)

// errInterrupted is the reason why a run ends at a signal.
var errInterrupted = errors.New("interrupted")

// engine is the generator as the commands see it.
type engine struct {
	generate func(lathe.Config) (*lathe.Result, error)
	list     func(lathe.Config) (*lathe.Listing, error)
	explain  func(cfg lathe.Config, name string) (*lathe.Explanation, error)
	formats  func() []string
}

func main() {
	collectRarely()
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, lathes()))
}

// lathes is the real generator.
func lathes() engine {
	return engine{lathe.Generate, lathe.List, lathe.Explain, lathe.Formats}
}

// run is the whole program. It catches the signals that end a program until it
// returns, so that none ends it while files are being replaced.
func run(args []string, stdout, stderr io.Writer, e engine) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	go func() {
		select {
		case <-signals:
			cancel(errInterrupted)
		case <-ctx.Done():
		}
	}()
	a := &app{engine: e, start: time.Now(), stdin: os.Stdin, stdout: stdout, stderr: stderr}
	a.diff = a.showDiff
	return a.execute(ctx, args)
}
