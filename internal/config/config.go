// Package config reads lathe.yaml, which lists the packages to generate. It is
// strict: what the file says and nothing knows is an error with its place, and all
// errors come at once. docs/lathe.schema.json says the same to editors.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/lathe"
	"example.com/lathe/diff"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/naming"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// Name is the file that plain gen reads, and otherName what somebody may call it instead.
const (
	Name      = "lathe.yaml"
	otherName = "lathe.yml"
)

// File is what a configuration file says. All paths are as [paths.Show] shows them:
// usable from the working directory, and the same files from any other.
type File struct {
	// Name is the file's path.
	Name     string
	Packages []Package
	// Severities are what lathe.yaml says of rules, Program the packages of the
	// program that calls the clients, both for gen diff.
	Severities []Severity
	Program    []string
	// Models is the folder of published models or the URL of such a tree; empty for none.
	Models string
	// Budget bounds what is generated.
	Budget Budget
	// Adopt is what gen adopt looks at.
	Adopt Adopt
}

// Adopt says what gen adopt looks at beside the program as this machine builds it.
type Adopt struct {
	// Packages are those of the program, as the go command names them; Keep are operations
	// that count as called, as service.Operation; Platforms, as os/arch, and Tags are what
	// the program is built for.
	Packages, Keep, Platforms, Tags []string
}

// Budget is how much the clients may be; zero is no bound.
type Budget struct {
	// Lines of Go in all clients and their runtime, Packages of Go, and Bytes of the
	// program, stripped.
	Lines, Packages, Bytes int64
	// Pos is the place of the budget.
	Pos spec.Pos
}

// Package is one entry of the list of packages.
type Package struct {
	lathe.Config

	// Pos is the place of the entry.
	Pos spec.Pos
	// Approvals are in the order of the file.
	Approvals []diff.Approval
}

// Load reads the configuration file of that name, or the one that is found when
// name is empty. Formats are those that a package may name. The error is a
// [spec.Problems], or that of reading the file.
func Load(name string, formats []string) (*File, error) {
	if name == "" {
		found, err := Find()
		if err != nil {
			return nil, err
		}
		name = found
	}
	name = paths.Show(filepath.Join(paths.Real(filepath.Dir(paths.Abs(name))), filepath.Base(name)))
	data, err := input.ReadFile(name, int64(limits.Bytes)+1)
	if err != nil {
		return nil, err
	}
	parsed, err := parseConfig(name, data)
	if err != nil {
		return nil, err
	}
	return parsed.resolve(name, formats)
}

// Find looks for the file in the working directory and above it, up to the
// module's root. Above is where the shell says that the working directory is, as it
// is for the go command.
func Find() (string, error) {
	here, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	last := here
	if mod, err := gomod.Find(here); err == nil {
		last = mod.Root
	}
	hint := "gen init writes one, gen --help shows one; for a single package, gen generate --spec FILE --out DIR"
	for dir := here; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, Name)
		if _, err := os.Stat(name); err == nil {
			return paths.Show(filepath.Join(paths.Real(dir), Name)), nil
		}
		if _, err := os.Stat(filepath.Join(dir, otherName)); err == nil && dir == here {
			hint = otherName + " is there: call it " + Name + ", or name it with --config"
		}
		if dir == last {
			break
		}
	}
	where := "in this folder"
	if last != here {
		where = "in this folder or above it, up to the module's root " + last
	}
	return "", spec.Problems{{
		Message: fmt.Sprintf("there is no %s %s", Name, where), Hint: hint,
	}}
}

// configFile is what a configuration file says, its paths as written.
type configFile struct {
	runtime    text
	packages   []configPackage
	severities []Severity
	program    []text
	models     text
	budget     Budget
	adopt      Adopt
}

// configPackage is one entry of the list of packages.
type configPackage struct {
	pos                    spec.Pos
	spec, out, pkg, format text
	protocol, module       text
	lean, examples         bool
	operations, presign    []text
	approve                []configApproval
	additions              spec.Additions
}

// configApproval is one entry of a list of approvals.
type configApproval struct {
	pos                              spec.Pos
	rule, place, fingerprint, reason text
	expires                          time.Time
}

// text is a string with its place; a zero Pos means that the key is absent.
type text struct {
	string
	pos spec.Pos
}

func (t text) present() bool { return t.pos != spec.Pos{} }

// resolve makes the paths, which are relative to the folder of the file of that name,
// usable from the working directory, and checks what the packages say. Formats are
// those that exist.
func (c *configFile) resolve(name string, formats []string) (*File, error) {
	dir := filepath.Dir(paths.Abs(name))
	file := &File{Name: name, Severities: c.severities, Budget: c.budget, Adopt: c.adopt, Models: c.models.string}
	if !input.IsURL(c.models.string) {
		file.Models = join(dir, c.models)
	}
	for _, pattern := range c.program {
		file.Program = append(file.Program, pattern.string)
	}
	for _, p := range c.packages {
		pkg := Package{Pos: p.pos, Config: lathe.Config{
			Spec: join(dir, p.spec), SpecAt: p.spec.pos, Format: p.format.string, Out: join(dir, p.out), Package: p.pkg.string,
			Runtime:  join(dir, c.runtime),
			Protocol: p.protocol.string, ProtocolAt: p.protocol.pos, Lean: p.lean, Examples: p.examples,
			Module: p.module.string, Additions: p.additions,
		}}
		for _, name := range p.operations {
			pkg.Operations = append(pkg.Operations, name.string)
			pkg.OperationsAt = append(pkg.OperationsAt, name.pos)
		}
		for _, name := range p.presign {
			pkg.Presign = append(pkg.Presign, name.string)
			pkg.PresignAt = append(pkg.PresignAt, name.pos)
		}
		for _, a := range p.approve {
			pkg.Approvals = append(pkg.Approvals, diff.Approval{
				Rule: a.rule.string, Place: a.place.string, Fingerprint: a.fingerprint.string,
				Reason: a.reason.string, Expires: a.expires, Pos: a.pos,
			})
		}
		file.Packages = append(file.Packages, pkg)
	}
	var problems spec.Problems
	checkNames(c, formats, &problems)
	absent := checkSpecs(c, file.Packages, &problems)
	checkFolders(c, file.Packages, &problems)
	if len(problems) > 0 {
		return nil, append(problems, absent...).Err()
	}
	return file, nil
}

func join(dir string, name text) string {
	if !name.present() {
		return ""
	}
	file := filepath.FromSlash(name.string)
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	return paths.Show(file)
}

func checkNames(c *configFile, formats []string, problems *spec.Problems) {
	for _, p := range c.packages {
		if p.pkg.present() && !naming.IsPackage(p.pkg.string) {
			problems.Add(p.pkg.pos, naming.PackageRule, "%q is not a Go package name", p.pkg.string)
		}
		if _, why := gomod.ParseVersion(p.module.string); p.module.present() && why != "" {
			problems.Add(p.module.pos, gomod.VersionRule, "%s: %s", p.module.string, why)
		}
		checkChoice("format", p.format, formats, problems)
		checkChoice("protocol", p.protocol, lathe.Protocols(), problems)
	}
}

// checkChoice reports a text that is none of a few.
func checkChoice(what string, t text, choices []string, problems *spec.Problems) {
	if !t.present() || slices.Contains(choices, t.string) {
		return
	}
	hint := "there are " + strings.Join(choices, ", ")
	if near := spec.Nearest(t.string, slices.Values(choices)); near != "" {
		hint = "did you mean " + near + "?"
	}
	problems.Add(t.pos, hint, "unknown %s %q", what, t.string)
}

// checkSpecs reports what is no spec. Those that are not there concern their packages alone,
// and nobody who does not read them.
func checkSpecs(c *configFile, packages []Package, problems *spec.Problems) (absent spec.Problems) {
	for i, pkg := range packages {
		info, err := os.Stat(pkg.Spec)
		switch at := c.packages[i].spec.pos; {
		case input.IsURL(c.packages[i].spec.string):
			problems.Add(at, input.HowToFetch, "%s is not a file: %s", c.packages[i].spec.string, input.NoNetwork)
		case errors.Is(err, fs.ErrNotExist):
			absent = append(absent, pkg.NoFile())
		case err == nil && info.IsDir():
			problems.Add(at, "name the file of the spec", "%s is a folder", pkg.Spec)
		case err == nil && info.Mode()&fs.ModeDevice != 0:
			problems.Add(at, "name the file of the spec", "%s is a device", pkg.Spec)
		}
	}
	return absent
}
