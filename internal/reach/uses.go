package reach

import (
	"bytes"
	"go/parser"
	"go/token"
	"strings"
)

// uses are what a file of another tree takes of this one.
type uses struct {
	// selected are all names behind dots; mentions are those behind the names of packages, and
	// whether the file declares something as that.
	selected map[string]bool
	mentions map[mention]bool
}

// usesOf reads the imports of a file, and of the rest the names behind dots, also in comments:
// of a large client that takes a small part of what parsing it does. What is no Go uses nothing.
func usesOf(home string, data []byte) *uses {
	u := &uses{selected: map[string]bool{}, mentions: map[mention]bool{}}
	imports := importsOf(home, data)
	for rest := 0; ; {
		dot := bytes.IndexByte(data[rest:], '.')
		if dot < 0 {
			return u
		}
		dot += rest
		start := skip(data, dot+1, isSpace) // a chain of calls has lines that end with a dot
		rest = skip(data, start, isNameByte)
		if start == rest {
			continue
		}
		name := string(data[start:rest])
		u.selected[name] = true
		first := dot
		for first > 0 && isNameByte(data[first-1]) {
			first--
		}
		if pkg, ok := imports[string(data[first:dot])]; ok {
			m := mention{pkg, name}
			u.mentions[m] = u.mentions[m] || isDeclared(data[:first], data[rest:])
		}
	}
}

// importsOf are the packages of the tree that a file imports, by the names that it uses.
func importsOf(home string, data []byte) map[string]string {
	imports := map[string]string{}
	f, err := parser.ParseFile(token.NewFileSet(), "", data, parser.ImportsOnly)
	if err != nil {
		return imports
	}
	for _, s := range f.Imports {
		if name, imported := importOf(home, s); imported.InTree {
			imports[name] = imported.Path
		}
	}
	return imports
}

// skip returns where behind at the first byte is that is none of these.
func skip(data []byte, at int, isOne func(byte) bool) int {
	for at < len(data) && isOne(data[at]) {
		at++
	}
	return at
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// isDeclared reports whether what stands between these texts is an embedded field or what a
// type is declared as: its methods are those of a type of the file then.
func isDeclared(before, after []byte) bool {
	line := string(before[bytes.LastIndexByte(before, '\n')+1:])
	isAlone := strings.Trim(line, "\t*") == "" && bytes.HasPrefix(after, []byte("\n"))
	return isAlone || strings.HasPrefix(strings.TrimLeft(line, "\t"), "type ")
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c >= 0x80
}
