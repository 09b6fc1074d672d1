package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"example.com/lathe/internal/gomod"
)

// Header is the line by which a file is known to be ours. It matches the pattern
// that go generate's documentation sets for generated files, and stands in a line
// of its own before the package clause.
const Header = gomod.Made

// headerWindow is how far into a file the header is looked for: a build
// constraint or a licence of a few lines may stand before it.
const headerWindow = 4 << 10

// File is one generated file.
type File struct {
	// Path is slash-separated and relative to the root of the module that the
	// file belongs to. Its elements are made of what an import path may have, ASCII
	// letters, digits and "_-.+~", and do not begin with '.' or '-'.
	Path string
	// Data is the whole content; it carries [Header].
	Data []byte
}

// Set is what one generated package contributes. Sets that share a root are
// written as one, and files that several of them hold must be equal.
type Set struct {
	// Root is the folder of the module.
	Root string
	// Dirs are the output folders, slash-separated and relative to Root; "." is
	// Root itself. Each holds a manifest, and a file belongs to the deepest one
	// that contains it.
	Dirs []string
	// Files lie in Dirs.
	Files []File
	// Drop says that the folders are no longer wanted: what Lathe wrote there is
	// removed, files that were edited are [Kept], and there are no Files. A folder
	// whose manifest does not name the record of the run is not touched, and [Kept]
	// as a whole.
	Drop bool
	// Keep says that what the manifests in Dirs list stays, even if no set holds it: it
	// may belong to a package that could not be generated.
	Keep bool
	// Record is a file in Root that says what the run wrote, or nil. One set of a
	// run may have one.
	Record *Record
}

// Generated reports whether the content carries [Header] in its first lines.
func Generated(data []byte) bool {
	head := data[:min(len(data), headerWindow)]
	for line := range bytes.Lines(head) {
		text := string(bytes.TrimRight(line, "\r\n"))
		if text == Header {
			return true
		}
		if strings.HasPrefix(text, "package ") {
			return false
		}
	}
	return false
}

// checkPath returns the reason why a path must not be written to, or "".
func checkPath(name string) string {
	switch {
	case path.IsAbs(name):
		return "the path of a generated file must be relative"
	case strings.Contains("/"+name+"/", "/../"):
		return "the path of a generated file must not lead upwards"
	case !fs.ValidPath(name) || name == ".":
		return "this is not the path of a file"
	}
	for element := range strings.SplitSeq(name, "/") {
		if why := checkElement(element); why != "" {
			return why
		}
	}
	return ""
}

func checkElement(element string) string {
	for _, r := range element {
		if !isPathRune(r) {
			return fmt.Sprintf("the path of a generated file must not contain %q", r)
		}
	}
	stem, _, _ := strings.Cut(element, ".")
	switch {
	case strings.HasPrefix(element, "."), strings.HasPrefix(element, "-"):
		return fmt.Sprintf("%q must not begin with %q", element, element[0])
	case strings.HasSuffix(element, "."):
		return fmt.Sprintf("%q must not end with a dot", element)
	case isDevice(strings.ToLower(stem)):
		return fmt.Sprintf("%q is the name of a device on Windows", element)
	}
	return ""
}

func isPathRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_-.+~", r)
}

// isDevice knows the names that Windows reserves whatever their extension:
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
func isDevice(stem string) bool {
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && '1' <= stem[3] && stem[3] <= '9'
}
