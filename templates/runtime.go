package templates

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
	"example.com/lathe/runtime"
)

// runtimeFiles are copies of the runtime packages that a client needs, one file a
// package.
func runtimeFiles(p *plan.Package) ([]File, error) {
	packages, err := runtimeClosure(runtimePackages(p))
	if err != nil {
		return nil, err
	}
	files := make([]File, len(packages))
	for i, pkg := range packages {
		files[i] = File{Path: path.Join(pkg.name, pkg.name+".go"), Runtime: true, render: func() ([]byte, error) {
			return pkg.bundle(p.Runtime), nil
		}}
	}
	return files, nil
}

// runtimePackages are the runtime packages that emitted code imports.
func runtimePackages(p *plan.Package) []string {
	names := []string{"endpointrules", "rest", "sigv4", "transport", p.Codec.Package}
	if p.Requests.Package != p.Codec.Package {
		names = append(names, p.Requests.Package)
	}
	for name, needed := range map[string]bool{
		"bignum": p.Needs.BigNumbers, "checkedbody": p.Needs.CheckedBodies, "checksum": p.Needs.Checksum || p.Needs.TreeHash,
		"compress": p.Needs.Compression, "discovery": p.Discovery != nil, "document": p.Needs.Document,
		"events": p.Needs.Events, "messagesum": p.Needs.Messages, "outposts": p.Needs.Outposts, "pages": p.Needs.Pages,
		"readtimeout": p.Needs.ReadTimeout, "redact": p.Needs.Redaction,
		"hostid": p.Needs.HostIDs, "sessions": p.Sessions != nil, "sigv4a": p.Needs.SigV4A, "trailer": p.Needs.Trailers,
		"stack": !p.Lean, "waiters": p.Needs.Waiters,
	} {
		if needed {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// runtimeClosure reads the packages and those that they import, sorted by name.
func runtimeClosure(names []string) ([]*runtimeSource, error) {
	read := map[string]*runtimeSource{}
	for queue := slices.Clone(names); len(queue) > 0; queue = queue[1:] {
		if read[queue[0]] != nil {
			continue
		}
		pkg, err := readRuntimeSource(queue[0])
		if err != nil {
			return nil, fmt.Errorf("runtime package %s: %w", queue[0], err)
		}
		read[pkg.name] = pkg
		for imported := range pkg.imports {
			if name, ok := strings.CutPrefix(imported, runtime.Home); ok {
				queue = append(queue, name)
			}
		}
	}
	return slices.SortedFunc(maps.Values(read), func(a, b *runtimeSource) int { return strings.Compare(a.name, b.name) }), nil
}

// runtimeSource is a runtime package as it stands in this repository.
type runtimeSource struct {
	name string
	// doc is the package's comment, imports the names of imported packages by path,
	// empty for the usual one, and bodies are what the files declare beside imports.
	doc     string
	imports map[string]string
	bodies  []string
}

func readRuntimeSource(name string) (*runtimeSource, error) {
	pkg := &runtimeSource{name: name, imports: map[string]string{}}
	entries, err := fs.ReadDir(runtime.Sources, name)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := runtime.Sources.ReadFile(path.Join(name, e.Name()))
		if err == nil {
			err = pkg.add(e.Name(), bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
		}
		if err != nil {
			return nil, err
		}
	}
	return pkg, nil
}

// add takes a file apart. Imports of one path must have one name in all files.
func (pkg *runtimeSource) add(file string, data []byte) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, data, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return err
	}
	offset := fset.File(f.FileStart).Offset
	if f.Doc != nil {
		pkg.doc = string(data[offset(f.Doc.Pos()):offset(f.Doc.End())]) + "\n"
	}
	end := f.Name.End()
	for _, decl := range f.Decls {
		end = decl.End()
	}
	for _, s := range f.Imports {
		imported, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			return err
		}
		name := ""
		if s.Name != nil {
			name = s.Name.Name
		}
		if other, ok := pkg.imports[imported]; ok && other != name {
			return fmt.Errorf("%s imports %s under another name than other files do", file, imported)
		}
		pkg.imports[imported] = name
	}
	if body := strings.TrimSpace(string(data[offset(end):])); body != "" {
		pkg.bodies = append(pkg.bodies, body)
	}
	return nil
}

// bundle writes the package as one file. Its imports of other runtime packages are
// those of the copies, which live below dir.
func (pkg *runtimeSource) bundle(dir string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// %s\n// Source: lathe's runtime package %s\n\n%spackage %s\n\nimport (\n", gocode.Header,
		pkg.name, pkg.doc, pkg.name)
	for _, imported := range slices.Sorted(maps.Keys(pkg.imports)) {
		at := imported
		if name, ok := strings.CutPrefix(imported, runtime.Home); ok {
			at = dir + "/" + name
		}
		fmt.Fprintf(&b, "\t%s\n", strings.TrimSpace(pkg.imports[imported]+" "+strconv.Quote(at)))
	}
	fmt.Fprintf(&b, ")\n\n%s\n", strings.Join(pkg.bodies, "\n\n"))
	return b.Bytes()
}
