package main

import (
	"context"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/lock"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// project is what a run works on.
type project struct {
	packages []config.Package
	// lock is the absolute path of the lock; empty for a package that flags
	// describe, which has none.
	lock string
	// fix is the command that brings the output folders up to date.
	fix string
	// file is lathe.yaml, nil for a package that flags describe.
	file *config.File
}

// project returns the package of the flags, else those of lathe.yaml.
func (a *app) project() (*project, error) {
	f := &a.flags
	if f.spec == "" && f.out == "" {
		if err := a.checkNoPackageFlags(); err != nil {
			return nil, err
		}
		return a.configured()
	}
	var problems spec.Problems
	const help = "gen generate --help shows how"
	if f.spec == "" {
		problems.Add(spec.Pos{}, help, "--spec is missing")
	}
	if f.out == "" {
		problems.Add(spec.Pos{}, help, "--out is missing")
	}
	if f.config != "" {
		problems.Add(spec.Pos{}, "name one or the other", "--config excludes --spec and --out")
	}
	return &project{fix: a.fixByFlags(), packages: []config.Package{{Config: lathe.Config{
		Spec: f.spec, Format: f.format, Protocol: f.protocol, Out: f.out, Package: f.pkg,
		Operations: splitNames(f.operations), Lean: f.lean,
		Examples: f.examples, Module: f.module,
	}}}}, wrongUsage(problems)
}

// specs are the packages whose specs a command looks at: that of the flags, or those
// of lathe.yaml.
func (a *app) specs() ([]config.Package, error) {
	f := &a.flags
	switch {
	case f.spec != "" && f.config != "":
		return nil, wrongUsage(spec.Problems{{Message: "--config excludes --spec", Hint: "name one of them"}})
	case f.spec != "":
		return []config.Package{{Config: lathe.Config{
			Spec: f.spec, Format: f.format, Protocol: f.protocol, Operations: splitNames(f.operations),
		}}}, nil
	}
	if err := a.checkNoPackageFlags(); err != nil {
		return nil, err
	}
	if f.config == "" {
		if _, err := config.Find(); err != nil {
			return nil, wrongUsage(spec.Problems{{
				Message: "--spec is missing, and there is no " + config.Name + " here or above",
				Hint:    "name the file of a spec with --spec",
			}})
		}
	}
	p, err := a.configured()
	if err != nil {
		return nil, err
	}
	return p.packages, nil
}

// ofEach hands what f returns of each package to take, one after the other. The problems are
// those of the packages that it fails for; the error is why ctx has ended.
func ofEach[T any](
	ctx context.Context, packages []config.Package, f func(config.Package) (T, error), take func(config.Package, T),
) (problems spec.Problems, err error) {
	for _, pkg := range packages {
		value, err := interruptible(ctx, func() (T, error) { return f(pkg) })
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			problems = append(problems, problemsOf(err)...)
		default:
			take(pkg, value)
		}
	}
	return problems, nil
}

// configured returns the packages of lathe.yaml.
func (a *app) configured() (*project, error) {
	file, err := config.Load(a.flags.config, a.formats())
	if err != nil {
		return nil, err
	}
	p := &project{packages: file.Packages, fix: "gen generate", file: file}
	if a.flags.config != "" {
		p.fix += " --config " + quote(a.flags.config)
	}
	p.lock = paths.Abs(lock.Beside(file.Name))
	return p, nil
}

// fixByFlags is the command that generates the package of the flags.
func (a *app) fixByFlags() string {
	f := &a.flags
	words := []string{"gen", "generate"}
	for _, flag := range [...][2]string{
		{"--spec", f.spec}, {"--format", f.format}, {"--protocol", f.protocol},
		{"--out", f.out}, {"--package", f.pkg}, {"--module", f.module},
	} {
		if flag[1] != "" {
			words = append(words, flag[0], quote(flag[1]))
		}
	}
	if f.lean {
		words = append(words, "--lean")
	}
	if f.examples {
		words = append(words, "--examples")
	}
	for _, list := range f.operations {
		words = append(words, "--operation", quote(list))
	}
	return strings.Join(words, " ")
}

// quote writes an argument as a shell reads it.
func quote(arg string) string {
	plain := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_./,=:@+", r)
	}
	if arg != "" && strings.TrimLeftFunc(arg, plain) == "" {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}

// checkNoPackageFlags refuses flags that would silently do nothing beside
// lathe.yaml.
func (a *app) checkNoPackageFlags() error {
	var problems spec.Problems
	for _, flag := range []struct {
		name string
		set  bool
	}{
		{"--package", a.flags.pkg != ""},
		{"--operation", len(a.flags.operations) > 0},
		{"--format", a.flags.format != ""},
		{"--protocol", a.flags.protocol != ""},
		{"--lean", a.flags.lean},
		{"--module", a.flags.module != ""},
		{"--examples", a.flags.examples},
	} {
		if flag.set {
			problems.Add(spec.Pos{}, "name --spec and --out too, or say it in lathe.yaml", "%s belongs to a --spec", flag.name)
		}
	}
	return wrongUsage(problems)
}

// splitNames takes lists with commas apart.
func splitNames(lists []string) []string {
	var names []string
	for _, list := range lists {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}
