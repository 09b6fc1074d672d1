package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/lock"
	"example.com/lathe/spec"
)

// cache remembers what this very program made of which inputs, so that packages
// that are up to date need not be generated to know it. It holds no generated code:
// what it says counts only while the output folders hold just that. Whatever goes
// wrong with it costs time and nothing else.
type cache struct {
	dir string
	// program is the hash of the running program's file.
	program string
}

// The cache holds at most maxEntries; when there are more, the oldest go until
// keptEntries are left.
const (
	maxEntries  = 256
	keptEntries = 192
)

// inputs are all that decides about the content of a package, beside the program.
type inputs struct {
	Config       lathe.Config
	Root, Module string
	Sources      []lathe.Source
	// Lock is the lock's path, which those in its entry are relative to.
	Lock string
}

// entry is what was made of inputs.
type entry struct {
	Package    string          `json:"package"`
	ImportPath string          `json:"importPath"`
	Operations []string        `json:"operations"`
	Refused    []refusedReport `json:"refused"`
	Dirs       []string        `json:"dirs"`
	// Files are the hashes of the files by paths relative to the module's root.
	Files map[string]string `json:"files"`
	Lock  lock.Package      `json:"lock"`
}

// openCache gives the user's cache, or nil when there is none to be had.
func openCache() *cache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	c := &cache{dir: filepath.Join(dir, "lathe")}
	if os.MkdirAll(c.dir, 0o700) != nil {
		return nil
	}
	if c.program = c.hashProgram(); c.program == "" {
		return nil
	}
	return c
}

// hashProgram gives the hash of the program's file. Reading it takes longer than
// generating a small package, so that is done once a build: the file's size and
// time tell builds apart.
func (c *cache) hashProgram() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	type stamp struct {
		Size     int64     `json:"size"`
		Modified time.Time `json:"modified"`
		Hash     string    `json:"hash"`
	}
	at := filepath.Join(c.dir, "program-"+sum([]byte(name))[:16])
	var known stamp
	if data, err := os.ReadFile(at); err == nil && json.Unmarshal(data, &known) == nil &&
		known.Size == info.Size() && known.Modified.Equal(info.ModTime()) && known.Hash != "" {
		return known.Hash
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return ""
	}
	known = stamp{info.Size(), info.ModTime(), sum(data)}
	c.write(at, known)
	return known.Hash
}

// lookUp gives what is known of a package, when its output folders hold just that.
func (c *cache) lookUp(in *inputs) (made, bool) {
	var e entry
	data, err := os.ReadFile(c.name(in))
	if err != nil || json.Unmarshal(data, &e) != nil {
		return made{}, false
	}
	r := &lathe.Result{
		Package: e.Package, ImportPath: e.ImportPath, Operations: e.Operations,
		ModuleRoot: in.Root, Dirs: e.Dirs, Sources: in.Sources,
	}
	for _, name := range sortedKeys(e.Files) {
		data, err := os.ReadFile(filepath.Join(in.Root, filepath.FromSlash(name)))
		if err != nil || sum(data) != e.Files[name] {
			return made{}, false
		}
		r.Files = append(r.Files, emit.File{Path: name, Data: data})
	}
	for _, refused := range e.Refused {
		r.Refused = append(r.Refused, lathe.Refusal{Operation: refused.Operation, Reasons: spec.Problems{{Message: refused.Reason}}})
	}
	return made{r, e.Lock, true}, true
}

// store remembers what was made.
func (c *cache) store(in *inputs, m *made) {
	e := entry{
		Package: m.Package, ImportPath: m.ImportPath, Operations: m.Operations, Refused: refusedReports(m.Result),
		Dirs: m.Dirs, Files: map[string]string{}, Lock: m.entry,
	}
	for _, f := range m.Files {
		e.Files[f.Path] = sum(f.Data)
	}
	c.write(c.name(in), e)
	c.prune()
}

// name is the file of what was made of the inputs.
func (c *cache) name(in *inputs) string {
	return filepath.Join(c.dir, "made-"+sum(fmt.Appendf(nil, "%s %#v", c.program, *in)))
}

// write puts a file in place whole, or leaves it.
func (c *cache) write(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		return
	}
	f, err := os.CreateTemp(c.dir, "new-")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if closed := f.Close(); err != nil || closed != nil || os.Rename(f.Name(), name) != nil {
		_ = os.Remove(f.Name()) // prune does it else
	}
}

// prune removes the oldest files when there are too many.
func (c *cache) prune() {
	files, err := os.ReadDir(c.dir)
	if err != nil || len(files) <= maxEntries {
		return
	}
	modified := func(e fs.DirEntry) time.Time {
		info, err := e.Info()
		if err != nil {
			return time.Time{}
		}
		return info.ModTime()
	}
	slices.SortFunc(files, func(a, b fs.DirEntry) int { return modified(a).Compare(modified(b)) })
	for _, f := range files[:len(files)-keptEntries] {
		_ = os.Remove(filepath.Join(c.dir, f.Name())) // another run may have done it
	}
}

// inputsOf gathers the inputs of a package. An error is left to the generator to
// find and tell.
func (a *app) inputsOf(p *project, cfg lathe.Config) (*inputs, error) {
	sources, err := a.sources(cfg.Spec, cfg.Format)
	if err != nil {
		return nil, err
	}
	root, module, err := emit.Module(cfg.Out)
	if err != nil {
		return nil, err
	}
	for i := range sources {
		sources[i].File = absolute(sources[i].File)
	}
	cfg.Spec, cfg.Out = absolute(cfg.Spec), absolute(cfg.Out)
	if cfg.Runtime != "" {
		cfg.Runtime = absolute(cfg.Runtime)
	}
	return &inputs{cfg, root, module, sources, p.lock}, nil
}

// sameSources says whether the generator has read what the inputs say: somebody may
// have changed a file in the meantime.
func (in *inputs) sameSources(sources []lathe.Source) bool {
	return slices.EqualFunc(in.Sources, sources, func(a, b lathe.Source) bool {
		return a.File == absolute(b.File) && a.SHA256 == b.SHA256
	})
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}
