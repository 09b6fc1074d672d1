package emit

import "context"

// Hold makes this process the only writer of a module until the release, for those who
// write what is no output of theirs, such as go.mod.
func Hold(ctx context.Context, root string) (release func(), err error) {
	return lock(ctx, root, true)
}
