package emit

import (
	"context"
	"time"
)

// lockPoll is how often a writer asks again for a module that another holds.
const lockPoll = 2 * time.Millisecond

// lock makes this process the only writer of a module, or one of its readers,
// and waits for others as long as ctx allows. The system releases the lock when
// the process ends in whatever way. On a file system that knows no locks it
// holds nothing; names of staged files are random, so that two writers may then
// mix their results, which [Check] finds, but never tear a file.
func lock(ctx context.Context, root string, exclusive bool) (release func(), err error) {
	for {
		release, held, err := tryLock(root, exclusive)
		if err != nil || held {
			return release, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(lockPoll):
		}
	}
}
