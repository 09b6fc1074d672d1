package adopt

import (
	"context"
	"path"
	"strings"

	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/lock"
)

// Undo makes the program what it was before the first run.
func Undo(ctx context.Context, root string) (*journal.Undone, error) {
	release, err := emit.Hold(ctx, root)
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := journal.Recover(root); err != nil {
		return nil, err
	}
	state, err := journal.Read(root)
	if err != nil || state == nil {
		return nil, err
	}
	l := LayoutIn(state.Folder)
	extra, err := generated(root, l.Folder, state)
	if err != nil {
		return nil, err
	}
	return journal.Undo(root, journal.Undoing{Extra: extra, IsWritten: isMade, Merge: l.merge})
}

// isMade reports whether adoption brought a file, of which the content may have changed since.
func isMade(name string, data []byte) bool {
	switch path.Base(name) {
	case config.Name:
		return strings.HasPrefix(string(data), configHead)
	case lock.Name:
		return lock.Ours(data)
	default:
		return isOurs(name, data)
	}
}

// merge returns what a file is to become that was changed after adoption, when that is
// undone.
func (l Layout) merge(file string, now, before []byte) ([]byte, bool) {
	switch file {
	case gomod.Name:
		data, err := mods.Take(now, l.Folder)
		return data, err == nil
	case goSum:
		return mods.MergeSums(now, before), true
	default:
		return nil, false
	}
}
