package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"
	"golang.org/x/mod/modfile"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// programPath is the import path of this program.
const programPath = "example.com/lathe/cmd/gen"

// generateName is the file with the line for go generate.
const generateName = "generate.go"

const initHelp = `Init writes a lathe.yaml for a spec into the working directory, and beside it a
generate.go with the line for go generate. On a terminal it asks which operations to
generate; elsewhere --operation must name them. Files that are there are never
overwritten. It offers a line for .gitattributes, with which git leaves the line
endings of generated files alone.`

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "init SPEC",
		Short:   "Write a lathe.yaml and the line for go generate",
		Long:    initHelp,
		Example: "  gen init spec/datazone.yaml\n  gen init spec/datazone.yaml --operation GetDataSourceRun --out generated/datazone",
		Args:    oneSpec,
		RunE: func(cmd *cobra.Command, args []string) error {
			a.flags.spec = args[0]
			return a.initProject(cmd.Context())
		},
		ValidArgsFunction: cobra.FixedCompletions([]string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt),
	}
	a.addClientFlags(cmd, "(default: asked for on a terminal)")
	cmd.Flags().StringVar(&a.flags.format, "format", "", "`name` of the format of the spec (default: by content)")
	a.complete(cmd, "format", cobra.FixedCompletions(a.formats(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func oneSpec(cmd *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usageError(fmt.Sprintf("the file of one spec is expected, not %d", len(args)), "", cmd.CommandPath()+" --help")
}

// initFile is the lathe.yaml that init writes.
type initFile struct {
	Packages []initPackage `yaml:"packages"`
}

type initPackage struct {
	Spec       string   `yaml:"spec"`
	Out        string   `yaml:"out"`
	Package    string   `yaml:"package"`
	Format     string   `yaml:"format,omitempty"`
	Operations []string `yaml:"operations"`
}

// initProject writes both files or none.
func (a *app) initProject(ctx context.Context) error {
	mod, err := gomod.Find(".")
	if err != nil {
		return err
	}
	if err := checkAbsent(config.Name, generateName); err != nil {
		return err
	}
	pkg, err := interruptible(ctx, func() (initPackage, error) { return a.initPackage(mod) })
	if err != nil {
		return err
	}
	line, err := generateLine(mod.Root)
	if err != nil {
		return err
	}
	files := [][2]string{{config.Name, initConfig(pkg)}, {generateName, "package " + packageHere() + "\n\n" + line.text + "\n"}}
	if err := createAll(files); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "created    %s\ncreated    %s\n%snext: %s\n", config.Name, generateName, attributes(pkg.Out), line.next)
	return nil
}

// checkAbsent reports the files that are there already.
func checkAbsent(names ...string) error {
	var problems spec.Problems
	for _, name := range names {
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			problems.Add(spec.Pos{File: name}, "move it, or edit it by hand: gen --help shows what belongs in a "+config.Name, "the file is there already")
		}
	}
	return problems.Err()
}

// createAll creates files that must not exist; when one fails, none is left.
func createAll(files [][2]string) error {
	for i, file := range files {
		if err := create(file[0], file[1]); err != nil {
			for _, made := range files[:i] {
				err = errors.Join(err, os.Remove(made[0]))
			}
			return err
		}
	}
	return nil
}

// create creates one file, or leaves none.
func create(name, data string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666) //nolint:gosec // as any source file
	if err != nil {
		return err
	}
	_, err = f.WriteString(data)
	if err = errors.Join(err, f.Close()); err != nil {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// initPackage gives the package for the spec of the flags.
func (a *app) initPackage(mod gomod.Module) (initPackage, error) {
	f := &a.flags
	if f.spec == input.Stdin {
		return initPackage{}, spec.Problems{{Message: "standard input cannot be read again later", Hint: "name the file of the spec"}}
	}
	infos, err := a.list(f.spec, f.format)
	if err != nil {
		return initPackage{}, err
	}
	pkg := initPackage{Spec: filepath.ToSlash(filepath.Clean(f.spec)), Out: filepath.ToSlash(f.out), Package: f.pkg, Format: f.format}
	if pkg.Package == "" {
		if pkg.Package, err = a.name(f.spec, f.format); err != nil {
			return initPackage{}, err
		}
	}
	if !naming.IsPackage(pkg.Package) {
		return initPackage{}, spec.Problems{{
			Message: fmt.Sprintf("%q is not a Go package name", pkg.Package), Hint: "name one with --package: " + naming.PackageRule,
		}}
	}
	if pkg.Out == "" {
		pkg.Out = "internal/" + pkg.Package
	}
	if _, err := mod.Folder(filepath.FromSlash(pkg.Out)); err != nil {
		return initPackage{}, err
	}
	pkg.Operations, err = a.initOperations(infos)
	return pkg, err
}

// initOperations are the operations of the flags, or those that somebody on a
// terminal asks for.
func (a *app) initOperations(infos []lathe.OperationInfo) ([]string, error) {
	names := splitNames(a.flags.operations)
	switch {
	case len(names) > 0:
		return names, checkOperations(infos, names).Err()
	case isTerminal(a.stdin) && isTerminal(a.stdout):
		return askOperations(a.stdin, a.stdout, infos)
	default:
		return nil, spec.Problems{{
			Message: "--operation is missing", Hint: "name operations or globs, '*' for all; gen list --spec " + quote(a.flags.spec) + " prints them",
		}}
	}
}

// attributes offers a line for .gitattributes: git then checks generated files out
// with the line endings that they were written with, and folds them in reviews. There
// is nothing to offer where the line is there already.
func attributes(out string) string {
	line := "/" + path.Clean(out) + "/** text eol=lf linguist-generated"
	if data, err := os.ReadFile(".gitattributes"); err == nil && bytes.Contains(data, []byte(line)) {
		return ""
	}
	return "for .gitattributes: " + line + "\n"
}

// initConfig is the content of lathe.yaml.
func initConfig(pkg initPackage) string {
	data, err := yaml.Dump(initFile{[]initPackage{pkg}}, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false))
	if err != nil {
		panic(err) // strings and lists of them
	}
	return "# What gen generates, and go generate with it. gen --help shows all keys.\n" + string(data)
}

// goGenerate is the line for go generate, and what is to be done next.
type goGenerate struct{ text, next string }

// generateLine gives the line that runs this program in the module at root: as its
// tool, which it has to become where it is none. A module that only requires Lathe
// need not have the checksums of what Lathe is built from.
func generateLine(root string) (goGenerate, error) {
	name := filepath.Join(root, "go.mod")
	data, err := os.ReadFile(name)
	if err != nil {
		return goGenerate{}, err
	}
	mod, err := modfile.ParseLax(name, data, nil)
	if err != nil {
		return goGenerate{}, err
	}
	const asTool, byPath, next = "//go:generate go tool gen", "//go:generate go run " + programPath, "go generate ./... && go mod tidy"
	switch {
	case bytes.Contains(data, []byte(programPath)):
		return goGenerate{asTool, next}, nil
	case mod.Module != nil && mod.Module.Mod.Path == strings.TrimSuffix(programPath, "/cmd/gen"):
		return goGenerate{byPath, next}, nil
	default:
		return goGenerate{asTool, "go get -tool " + programPath + " && " + next}, nil
	}
}

// packageHere is the name of the package in the working directory, or one made of
// the folder's name.
func packageHere() string {
	files, _ := filepath.Glob("*.go") // the pattern is good
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly); err == nil {
			return file.Name.Name
		}
	}
	name := naming.Package(filepath.Base(paths.Abs(".")))
	if !naming.IsPackage(name) {
		return "generate"
	}
	return name
}
