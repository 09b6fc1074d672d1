//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package emit

import (
	"errors"
	"os"
	"syscall"
)

// tryLock locks the root folder itself, which leaves no lock file behind.
func tryLock(root string, exclusive bool) (release func(), held bool, err error) {
	dir, err := os.Open(root)
	if err != nil {
		return nil, false, err
	}
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	err = flock(int(dir.Fd()), how|syscall.LOCK_NB)
	switch {
	case err == nil:
		return func() { _ = dir.Close() }, true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, false, dir.Close()
	default: // locks are not known here, as on some network file systems
		return func() {}, true, dir.Close()
	}
}

func flock(fd, how int) error {
	for {
		if err := syscall.Flock(fd, how); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
