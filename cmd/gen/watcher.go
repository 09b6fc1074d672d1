package main

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// pollTime is how often files are looked at whatever notifications say: these follow
// folders that were moved, and end with folders that were removed.
const pollTime = time.Second

// watcher knows files and notices when they change. Notifications only wake it up:
// what counts is what the files are like.
type watcher struct {
	notify *fsnotify.Watcher
	// wake gets a value when something may have changed.
	wake chan struct{}
	// root is the working directory of the beginning. It may be removed and made
	// again, or another one put in its place.
	root string
	// files are the absolute paths that matter, with what was last seen of them.
	files map[string]stamp
	// folders are those that notify, as they were when they began to.
	folders map[string]os.FileInfo
	// models are those that the packages were last made of, by output folder.
	models map[string]*spec.API
}

// stamp is what is seen of a file; the zero stamp is one that is not there.
type stamp struct {
	size    int64
	changed time.Time
	exists  bool
}

func stampOf(name string) stamp {
	info, err := os.Stat(name)
	if err != nil || info.IsDir() {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime(), true}
}

func newWatcher() (*watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	root, err := filepath.Abs(".")
	if err != nil {
		_ = notify.Close()
		return nil, err
	}
	w := &watcher{notify, make(chan struct{}, 1), root, map[string]stamp{}, map[string]os.FileInfo{},
		map[string]*spec.API{}}
	go w.hear()
	return w, nil
}

// hear takes notifications as they come, until the watcher is closed: one that nobody
// takes holds up the next call to ask for more. What they are does not matter.
func (w *watcher) hear() {
	for {
		select {
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if event.Op == fsnotify.Chmod {
				continue
			}
		case _, ok := <-w.notify.Errors: // events may have been lost
			if !ok {
				return
			}
		}
		select {
		case w.wake <- struct{}{}:
		default: // it is awake
		}
	}
}

// add watches a file, as it is now.
func (w *watcher) add(name string) {
	name = paths.Abs(name)
	if _, known := w.files[name]; !known {
		w.files[name] = stampOf(name)
	}
	w.listen()
}

// names are the files that are there, as a person calls them, and how many may join
// them.
func (w *watcher) names() (present []string, absent int) {
	for _, name := range slices.Sorted(maps.Keys(w.files)) {
		if stampOf(name).exists {
			present = append(present, paths.Show(name))
		} else {
			absent++
		}
	}
	return present, absent
}

// listen asks for notifications from the folders of all files, or from the nearest
// ones above that are there. Editors put new files in the place of old ones, so that
// the files themselves would not do.
func (w *watcher) listen() {
	wanted := map[string]os.FileInfo{}
	for name := range w.files {
		for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				wanted[dir] = info
				break
			}
			if dir == filepath.Dir(dir) {
				break
			}
		}
	}
	for dir, info := range w.folders {
		if now := wanted[dir]; now == nil || !os.SameFile(info, now) {
			_ = w.notify.Remove(dir) // it may be gone
			delete(w.folders, dir)
		}
	}
	for dir, info := range wanted {
		if w.folders[dir] == nil && w.notify.Add(dir) == nil { // otherwise the files are looked at all the same
			w.folders[dir] = info
		}
	}
}

// look returns what the files are like now.
func (w *watcher) look() map[string]stamp {
	w.enter()
	now := make(map[string]stamp, len(w.files))
	for name := range w.files {
		now[name] = stampOf(name)
	}
	return now
}

// changed returns the files that are not as they were last seen.
func (w *watcher) changed() []string {
	now := w.look()
	isSame := func(name string) bool { return now[name] == w.files[name] }
	return slices.DeleteFunc(slices.Sorted(maps.Keys(now)), isSame)
}

// settle takes the files for seen as they are.
func (w *watcher) settle() {
	w.files = w.look()
	w.listen()
}

// enter goes back to the working directory of the beginning when another folder is in
// its place now. When none is, the folder may have been moved, and its files with it.
func (w *watcher) enter() {
	there, err := os.Stat(w.root)
	if err != nil {
		w.follow()
		return
	}
	if here, err := os.Stat("."); err != nil || !os.SameFile(here, there) {
		_ = os.Chdir(w.root) // else it is tried again
	}
}

// follow goes on with a working directory that was moved.
func (w *watcher) follow() {
	link, err := os.Readlink("/proc/self/cwd")
	if err != nil || strings.HasSuffix(link, " (deleted)") {
		return
	}
	if info, err := os.Stat(link); err != nil || !info.IsDir() || link == w.root {
		return
	}
	if os.Chdir(link) != nil {
		return
	}
	moved := map[string]stamp{}
	for name := range w.files {
		if rel, err := filepath.Rel(w.root, name); err == nil && filepath.IsLocal(rel) {
			name = filepath.Join(link, rel)
		}
		moved[name] = stamp{}
	}
	w.root, w.files = link, moved
}

// wait returns the files that have changed, when all have been left alone for a while;
// an error when ctx ends. Other files in their folders may change all the time.
func (w *watcher) wait(ctx context.Context) ([]string, error) {
	poll := time.NewTicker(pollTime)
	defer poll.Stop()
	var quiet <-chan time.Time
	var seen map[string]stamp // when waiting for quiet began
	for {
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-quiet:
			if changed := w.changed(); len(changed) > 0 {
				w.settle()
				return changed, nil
			}
			quiet = nil
		case <-w.wake:
			if now := w.look(); quiet == nil || !maps.Equal(now, seen) {
				quiet, seen = time.After(quietTime), now
			}
		case <-poll.C:
			if len(w.changed()) > 0 && quiet == nil {
				quiet = time.After(quietTime)
			}
			w.listen()
		}
	}
}
