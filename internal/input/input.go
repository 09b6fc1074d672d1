// Package input reads the files that a user names, and never more of them than it
// was asked for: a name may be that of a device, of a pipe without an end or without
// anybody at its other end. Line endings are made those of Unix, so that a checkout
// on Windows reads like any other.
package input

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// MaxSpec bounds a spec, and each of the files beside it. Formats may have a lower
// bound.
const MaxSpec = 128 << 20

// Stdin is the name of standard input, and StdinName what [Shown] calls it.
const (
	Stdin     = "-"
	StdinName = "<standard input>"
)

// Sum returns the SHA-256 of data in hexadecimal, by which files are compared with what
// was recorded of them.
func Sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// patience is how long a named pipe may stay without a writer.
const patience = 5 * time.Second

// ReadFile reads a file of at most limit bytes; [Stdin] is standard input. The error
// is a [*fs.PathError].
func ReadFile(name string, limit int64) ([]byte, error) {
	data, err := readAll(name, limit)
	if err != nil {
		var at *fs.PathError
		if name == Stdin || !errors.As(err, &at) {
			err = &fs.PathError{Op: "read", Path: Shown(name), Err: err}
		}
		return nil, err
	}
	return Unix(data), nil
}

// Shown is what messages call a file.
func Shown(name string) string {
	if name == Stdin {
		return StdinName
	}
	return name
}

// The message, and its hint, for a URL in the place of a file.
const (
	NoNetwork  = "nothing is read from the network"
	HowToFetch = `fetch it with "curl -o FILE URL" and name the file, so that the next run reads the same`
)

// IsURL reports whether a name begins with the scheme of a URL and "//".
func IsURL(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && len(scheme) > 1 && !strings.ContainsFunc(scheme, func(r rune) bool { return r < 'a' || r > 'z' })
}

func readAll(name string, limit int64) ([]byte, error) {
	if name == Stdin {
		return atMost(os.Stdin, limit)
	}
	// Without O_NONBLOCK opening a named pipe waits for its writer, for ever.
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder")
	case info.Mode()&fs.ModeDevice != 0:
		return nil, errors.New("it is a device; - reads standard input")
	case info.Mode()&fs.ModeNamedPipe != 0:
		return atMost(&pipe{File: f, until: time.Now().Add(patience)}, limit)
	default:
		return atMost(f, limit)
	}
}

// atMost reads to the end, which must come within limit bytes.
func atMost(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("it has more than %d bytes", limit)
	default:
		return data, nil
	}
}

// pipe is a named pipe. As long as nobody has opened its other end it reads as if it
// were at its end.
type pipe struct {
	*os.File

	until time.Time // when waiting for the first byte ends
	begun bool
}

// pause is how long to wait before looking again for a writer.
const pause = 10 * time.Millisecond

// Read implements [io.Reader].
func (p *pipe) Read(b []byte) (int, error) {
	for {
		n, err := p.File.Read(b)
		if n > 0 {
			p.begun = true
		}
		switch {
		case !errors.Is(err, io.EOF) || p.begun:
			return n, err
		case time.Now().After(p.until):
			return 0, fmt.Errorf("nobody has written to the pipe for %v", patience)
		}
		time.Sleep(pause)
	}
}

// Unix returns the text with line endings as Unix has them.
func Unix(text []byte) []byte {
	if !bytes.Contains(text, []byte("\r\n")) {
		return text
	}
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// Folder is a folder of specs, whose files are read by [ReadFile]. Folders below it
// are not looked at.
type Folder struct{ Dir string }

// Open is here because every file system has it; files are read as a whole.
func (Folder) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.ErrUnsupported}
}

// ReadFile implements [fs.ReadFileFS].
func (d Folder) ReadFile(name string) ([]byte, error) {
	if !filepath.IsLocal(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return ReadFile(filepath.Join(d.Dir, name), MaxSpec)
}

// None is a folder without files, such as that beside standard input.
type None struct{}

// Open implements [fs.FS].
func (None) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
