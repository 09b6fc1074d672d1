package emit

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"example.com/lathe/internal/input"
)

// deleteOnClose is FILE_FLAG_DELETE_ON_CLOSE of CreateFileW.
const deleteOnClose = 0x04000000

// sharingViolation is ERROR_SHARING_VIOLATION: another process holds the file.
const sharingViolation = syscall.Errno(32)

// tryLock opens a file that may not be opened a second time and that the system
// removes when its holder ends. It lies in the user's folder for temporary files,
// where access is only ever denied while a file is being removed. Readers do not
// lock: no writer makes them fail.
func tryLock(root string, exclusive bool) (release func(), held bool, err error) {
	if !exclusive {
		return func() {}, true, nil
	}
	id := input.Sum([]byte(strings.ToLower(root)))[:16]
	name, err := syscall.UTF16PtrFromString(filepath.Join(os.TempDir(), "lathe-"+id+".lock"))
	if err != nil {
		return nil, false, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL|deleteOnClose, 0)
	switch {
	case err == nil:
		return func() { _ = syscall.CloseHandle(handle) }, true, nil
	case errors.Is(err, sharingViolation), errors.Is(err, syscall.ERROR_ACCESS_DENIED):
		return nil, false, nil
	default:
		return nil, false, err
	}
}
