package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/docs"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// schemaName is the file beside lathe.yaml that editors check it with.
const schemaName = "lathe.schema.json"

// generateName is the file with the line for go generate.
const generateName = "generate.go"

// fileEdit is a file to be written.
type fileEdit struct {
	name     string // absolute
	old, now []byte
	isNew    bool
}

// edits are files that are written together or not at all.
type edits struct {
	all []fileEdit
	// made are the folders that were made for them.
	made []string
}

// add collects what a package needs on disk.
func (e *edits) add(pkg *newPackage, line goGenerate) error {
	for _, to := range slices.Sorted(maps.Keys(pkg.copies)) {
		if err := e.copy(to, pkg.copies[to]); err != nil {
			return err
		}
	}
	at := func(name string) string { return filepath.Join(pkg.home, name) }
	if err := e.change(at(config.Name), pkg.addTo); err != nil {
		return err
	}
	if err := e.change(at(schemaName), orElse(docs.Schema)); err != nil {
		return err
	}
	if _, found := generateLineIn(pkg.home); found == "" {
		err := e.change(at(generateName), func(old []byte) ([]byte, error) {
			return withGenerateLine(old, pkg.home, line.text), nil
		})
		if err != nil {
			return err
		}
	}
	if line.mod != "" {
		if err := e.change(line.mod, orElse([]byte(line.modText))); err != nil {
			return err
		}
	}
	return e.change(at(attributesName), func(old []byte) ([]byte, error) {
		return withAttributes(old, pkg.home, pkg.Out), nil
	})
}

// attributesName is the file that says what git makes of others.
const attributesName = ".gitattributes"

// withAttributes is a .gitattributes with a line for a folder of generated files, as far as one
// in the folder home can have it: of a folder outside of that it knows nothing, and in home
// itself are other files, too.
func withAttributes(old []byte, home, folder string) []byte {
	rel := paths.Rel(home, folder)
	if rel == "." || !filepath.IsLocal(filepath.FromSlash(rel)) {
		return old
	}
	line := "/" + rel + "/** text eol=lf linguist-generated"
	if slices.Contains(strings.Split(string(input.Unix(old)), "\n"), line) {
		return old
	}
	if len(old) > 0 && !bytes.HasSuffix(old, []byte("\n")) {
		line = "\n" + line
	}
	return slices.Concat(old, []byte(line+"\n"))
}

// withGenerateLine is the Go file for a line of go generate, with the line at its end.
func withGenerateLine(old []byte, home, line string) []byte {
	if len(old) > 0 {
		return slices.Concat(bytes.TrimRight(old, "\n"), []byte("\n\n"+line+"\n"))
	}
	return []byte(generateFile(home, line))
}

// orElse returns what leaves a file as it is, or makes it of the data.
func orElse(data []byte) func([]byte) ([]byte, error) {
	return func(old []byte) ([]byte, error) {
		if len(old) > 0 {
			return old, nil
		}
		return data, nil
	}
}

// change edits a file, or makes it.
func (e *edits) change(name string, f func(old []byte) ([]byte, error)) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() { // to read it may take for ever
		return spec.Problems{{
			Pos: spec.Pos{File: paths.Show(name)}, Message: "it is no file that could be replaced", Hint: "name another one",
		}}
	}
	old, err := os.ReadFile(name)
	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return err
	}
	now, err := f(old)
	if err != nil || bytes.Equal(old, now) {
		return err
	}
	e.all = append(e.all, fileEdit{name, old, now, isNew})
	return nil
}

// copy makes a file, or leaves the one that is there if it is the same.
func (e *edits) copy(name string, data []byte) error {
	return e.change(name, func(old []byte) ([]byte, error) {
		if old != nil && !bytes.Equal(input.Unix(old), data) {
			return nil, spec.Problems{{
				Pos: spec.Pos{File: paths.Show(name)}, Message: "the file would be copied here, where one with another content is",
				Hint: "name the one that is here, or move it",
			}}
		}
		return data, nil
	})
}

// write writes all files and then runs a check. If either fails everything is as it was.
func (e *edits) write(check func() error) (written []fileReport, err error) {
	done := 0
	defer func() {
		if err != nil {
			err = errors.Join(err, e.undo(done))
		}
	}()
	for _, file := range e.all {
		if err := e.makeFolder(filepath.Dir(file.name)); err != nil {
			return nil, err
		}
		if err := replaceFile(file.name, file.now); err != nil {
			return nil, err
		}
		done++
		action := emit.Updated
		if file.isNew {
			action = emit.Created
		}
		written = append(written, fileReport{filepath.ToSlash(paths.Show(file.name)), action})
	}
	return written, check()
}

// undo takes the first n edits back.
func (e *edits) undo(n int) error {
	var errs []error
	for _, file := range e.all[:n] {
		if file.isNew {
			errs = append(errs, os.Remove(file.name))
		} else {
			errs = append(errs, replaceFile(file.name, file.old))
		}
	}
	for _, dir := range slices.Backward(e.made) {
		errs = append(errs, os.Remove(dir))
	}
	return errors.Join(errs...)
}

// makeFolder makes a folder and those above it.
func (e *edits) makeFolder(dir string) error {
	if isFolder(dir) {
		return nil
	}
	if err := e.makeFolder(filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o777); err != nil { //nolint:gosec // as any folder of a project
		return err
	}
	e.made = append(e.made, dir)
	return nil
}

// replaceFile puts a file in place as a whole, with the permissions of the one that was
// there, or those that the umask gives a new one. A link stays one: the file that it leads to
// is replaced.
func replaceFile(name string, data []byte) error {
	if file, err := filepath.EvalSymlinks(name); err == nil {
		name = file
	}
	staged := filepath.Join(filepath.Dir(name), emit.StagedName("."))
	f, err := os.OpenFile(staged, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) //nolint:gosec // as any file of a project
	if err != nil {
		return err
	}
	if info, errWas := os.Stat(name); errWas == nil {
		err = f.Chmod(info.Mode().Perm())
	}
	_, errWrite := f.Write(data)
	err = errors.Join(err, errWrite, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// placeSpec decides where the spec of a package lies: where it is, if that is in the
// module, or else in a copy in the folder spec, whole or trimmed.
func (p *newPackage) placeSpec(mod gomod.Module, f initFlags) error {
	_, isInside := paths.Below(mod.Root, p.Spec)
	switch {
	case isInside && f.trim:
		return spec.Problems{{
			Pos: spec.Pos{File: p.Spec}, Message: "the spec is in the module, and so is not copied",
			Hint: "gen models trim writes what some operations reach to another file",
		}}
	case isInside || f.noCopy:
		return nil
	}
	files, err := p.wholeSpec()
	if err != nil {
		return err
	}
	trimmed, err := lathe.Trim(p.Config)
	switch {
	case err != nil && f.trim:
		return err
	case f.trim:
		files = trimmed.Files
	case err == nil && !p.Examples: // which the part has not
		p.spare = totalSize(files) - totalSize(trimmed.Files)
	}
	dir := filepath.Join(p.home, "spec")
	if len(files) > 1 { // their names are those of all services
		dir = filepath.Join(dir, p.Package)
	}
	p.copies = map[string][]byte{}
	for name, data := range files {
		p.copies[filepath.Join(dir, name)] = data
	}
	p.original, p.Spec = p.Spec, filepath.Join(dir, filepath.Base(p.Spec))
	return nil
}

// wholeSpec reads the spec and the files that belong to it, by their names.
func (p *newPackage) wholeSpec() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, name := range append([]string{p.Spec}, lathe.Companions(p.Spec)...) {
		if name != p.Spec && !isFile(name) {
			continue
		}
		data, err := input.ReadFile(name, input.MaxSpec)
		if err != nil {
			return nil, err
		}
		files[filepath.Base(name)] = data
	}
	return files, nil
}

func totalSize(files map[string][]byte) int {
	n := 0
	for _, data := range files {
		n += len(data)
	}
	return n
}

// worthTrimming is how many bytes that nobody needs are worth a word.
const worthTrimming = 100_000

// advice is what somebody should know of a copy that is much larger than it need be.
func (p *newPackage) advice() string {
	if p.spare < worthTrimming {
		return ""
	}
	return fmt.Sprintf("note: of the copy of the spec the operations do not need %s; to keep the rest alone:\n  gen models trim %s --operation %s -o %s\n",
		size(int64(p.spare)), quote(p.original), quote(strings.Join(p.Operations, ",")), quote(paths.Show(p.Spec)))
}

// kept says that a line of go generate which was there stays, where it is another one.
func (g goGenerate) kept(dir string) string {
	file, found := generateLineIn(dir)
	if found == "" || found == g.text {
		return ""
	}
	return fmt.Sprintf("note: %s keeps its line, %s\n  as it would be written now: %s\n", paths.Show(file), found, g.text)
}

// generateLineIn finds the line that runs gen in a Go file of a folder; empty when there
// is none.
func generateLineIn(dir string) (file, found string) {
	for _, name := range goFiles(dir) {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			words := strings.Fields(line)
			isGen := func(word string) bool { return word == "gen" || path.Base(strings.SplitN(word, "@", 2)[0]) == "gen" }
			if strings.HasPrefix(line, "//go:generate ") && slices.ContainsFunc(words, isGen) {
				return name, strings.TrimSpace(line)
			}
		}
	}
	return "", ""
}

// goFiles are the Go files in a folder but for tests.
func goFiles(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if name := entry.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			names = append(names, filepath.Join(dir, name))
		}
	}
	return names
}

// generateFile is a Go file for a line of go generate. Where no other file in the folder
// says what its package is, the file belongs to none: a program may be written there.
func generateFile(dir, line string) string {
	for _, name := range goFiles(dir) {
		if file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly); err == nil {
			return "package " + file.Name.Name + "\n\n" + line + "\n"
		}
	}
	name := naming.Package(filepath.Base(dir))
	if !naming.IsPackage(name) {
		name = "generate"
	}
	return "//go:build generate\n\npackage " + name + "\n\n" + line + "\n"
}

// unsupportedLayout is the problem with a lathe.yaml that nothing can be added to.
func unsupportedLayout(item string) error {
	return spec.Problems{{
		Pos:     spec.Pos{File: config.Name},
		Message: "packages is not written as a list of several lines, so that nothing can be added to it",
		Hint:    "add the package by hand:\n" + strings.TrimRight(item, "\n"),
	}}
}
