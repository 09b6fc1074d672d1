package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"example.com/lathe/internal/plural"
)

// patience is how long a run may take before it prints how far it is.
const patience = time.Second

// steps reports how far a run is that makes several packages, or a large one. It is
// safe for several goroutines; nil prints nothing.
type steps struct {
	total int
	did   string // what becomes of a package that is not refused
	timer *time.Timer

	mu    sync.Mutex
	count int
	last  string   // what was done last
	shown reporter // nil until the run is long
}

// reporter shows that count packages are done, and what became of the last of them.
type reporter interface {
	show(count int, last string)
	end()
}

// progress begins to tell how far a run is: on standard error, by a bar where that
// is a terminal and by lines where not; nothing while the run is short, or was
// asked to be quiet.
func (a *app) progress(total int) *steps {
	if a.flags.quiet || a.flags.json {
		return nil
	}
	s := &steps{total: total, did: "generated"}
	if a.reads {
		s.did = "compared"
	}
	s.timer = time.AfterFunc(patience, func() { s.open(newReporter(a.stderr, total)) })
	return s
}

// open begins to show what has been done.
func (s *steps) open(r reporter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count < s.total {
		s.shown = r
		s.shown.show(s.count, s.last)
	}
}

// done notes that a package is done, and whether it was refused.
func (s *steps) done(name string, err error) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	did := s.did
	if err != nil {
		did = "refused"
	}
	s.count, s.last = s.count+1, name+" "+did
	if s.shown != nil {
		s.shown.show(s.count, s.last)
	}
}

// end stops telling.
func (s *steps) end() {
	if s == nil {
		return
	}
	s.timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count = s.total // for a timer that could not be stopped any more
	if s.shown != nil {
		s.shown.end()
	}
}

func newReporter(w io.Writer, total int) reporter {
	if isTerminal(w) {
		return bar{progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())}
	}
	return lines{w, total}
}

// lines is a reporter for logs, which get a line for each package, or of many packages for some.
type lines struct {
	w     io.Writer
	total int
}

// maxLines is about how many lines are printed at most.
const maxLines = 25

func (l lines) show(count int, last string) {
	if step := l.total/maxLines + 1; count%step != 0 && count < l.total {
		return
	}
	if last != "" {
		last = ": " + last
	}
	fmt.Fprintf(l.w, "%d of %s%s\n", count, plural.Of(l.total, "package"), last)
}

func (lines) end() {}

// bar is a reporter for people. A terminal that is gone is no reason to stop.
type bar struct{ *progressbar.ProgressBar }

func (b bar) show(count int, last string) {
	b.Describe(last)
	_ = b.Set(count)
}

func (b bar) end() { _ = b.Clear() }

// isTerminal reports whether what is written or read there is seen or typed by a
// person.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
