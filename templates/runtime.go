package templates

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/reach"
	"example.com/lathe/runtime"
)

// runtimeTree are the runtime packages as they stand in this repository.
var runtimeTree = reach.NewTree(runtime.Sources, runtime.Home)

// PrepareRuntime reads what most clients reach of the runtime.
func PrepareRuntime() { runtimeTree.Read("stack", "endpointrules", "jsoncodec") }

// CutRuntime returns copies of the runtime's packages for clients that import them below home:
// those that the files of the clients reach, one file a package, without the declarations that
// they don't reach.
func CutRuntime(home string, clients [][]byte) ([]File, error) {
	return runtimeFiles(home, clients, runtimeTree.Cut)
}

// WholeRuntime returns copies of the same packages with all that they declare: for clients that
// share them with others which are not known here.
func WholeRuntime(home string, clients [][]byte) ([]File, error) {
	return runtimeFiles(home, clients, runtimeTree.Whole)
}

func runtimeFiles(
	home string, clients [][]byte, packages func(string, [][]byte) ([]reach.Package, error),
) ([]File, error) {
	all, err := packages(home+"/", clients)
	files := make([]File, len(all))
	for i, pkg := range all {
		files[i] = File{Path: path.Join(pkg.Name, pkg.Name+".go"), Runtime: true, render: func() ([]byte, error) {
			return bundle(pkg, home), nil
		}}
	}
	return files, err
}

// bundle writes a package as one file.
func bundle(pkg reach.Package, home string) []byte {
	b := bytes.NewBuffer(make([]byte, 0, len(pkg.Body)+4<<10))
	part := ", as far as clients reach it"
	if pkg.IsWhole {
		part = ""
	}
	fmt.Fprintf(b, "// %s\n// Source: lathe's runtime package %s%s\n\n", gocode.Header, pkg.Name, part)
	fmt.Fprintf(b, "%s\npackage %s\n\n", pkg.Doc, pkg.Name)
	if len(pkg.Imports) > 0 {
		b.WriteString("import (\n")
		for _, i := range pkg.Imports {
			at := i.Path
			if i.InTree {
				at = home + "/" + i.Path
			}
			fmt.Fprintf(b, "\t%s\n", strings.TrimSpace(i.Name+" "+strconv.Quote(at)))
		}
		b.WriteString(")\n\n")
	}
	b.WriteString(pkg.Body)
	b.WriteByte('\n')
	return b.Bytes()
}
