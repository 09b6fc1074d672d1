package events

import (
	"cmp"
	"context"
	"errors"
	"sync"
)

// Start runs a call until its request is about to be sent, and the rest of it in a
// goroutine of its own, for a service may answer only after it got events. It returns the
// call's error if that comes first; any later error is that of the event stream. The call
// and its context end with the stream, which must have a reader.
func Start(ctx context.Context, call func(context.Context) error) error {
	s := &start{begun: make(chan struct{})}
	ctx, s.cancel = context.WithCancel(context.WithValue(ctx, startKey{}, s))
	failed := make(chan error, 1)
	go func() {
		err := call(ctx)
		switch {
		case s.streams == nil:
			s.cancel()
			failed <- cmp.Or(err, errNeverSent)
		case err != nil:
			s.streams.fail(err)
		}
	}()
	select {
	case <-s.begun:
		return nil
	case err := <-failed:
		return err
	}
}

// errNeverSent is the error of a call in whose place a middleware has answered.
var errNeverSent = errors.New("the call ended before its event stream was opened")

// start is a call that was started.
type start struct {
	cancel  context.CancelFunc
	once    sync.Once
	begun   chan struct{} // closed when the request is about to be sent
	streams *Streams      // nil until then
}

// startKey is the key of a *start in a context.
type startKey struct{}

// begin lets the caller go on. It is called once an attempt.
func (s *start) begin(streams *Streams) {
	s.once.Do(func() {
		s.streams = streams
		streams.reader.part().cancel = s.cancel
		close(s.begun)
	})
}
