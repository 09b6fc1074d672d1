package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"

	"example.com/lathe/internal/adopt"
	"example.com/lathe/internal/adopt/journal"
	"example.com/lathe/internal/adopt/scan"
	"example.com/lathe/internal/config"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/input"
	"example.com/lathe/internal/paths"
	"example.com/lathe/spec"
)

// placeOf is where adoption is, or is to be: the module, lathe.yaml and the folders. A run
// that was killed is taken back before anything is read.
func (a *app) placeOf(ctx context.Context, f adoptFlags) (o adopt.Options, err error) {
	mod, err := gomod.Find(".")
	if problems, ok := errors.AsType[spec.Problems](err); ok && problems[0].Message == gomod.Outside {
		problems[0].Hint = cmp.Or(elsewhere("."), problems[0].Hint)
	}
	if err != nil {
		return o, err
	}
	o.Root = paths.Real(mod.Root)
	isRecovered, err := adopt.Recover(ctx, o.Root)
	if err != nil {
		return o, err
	}
	if isRecovered {
		a.say("a run that was interrupted was taken back")
	}
	name := cmp.Or(a.flags.config, filepath.Join(o.Root, config.Name))
	var isBelow bool
	if o.Config, isBelow = paths.Below(o.Root, name); !isBelow {
		return o, wrongUsage(spec.Problems{{
			Message: "--config " + name + " is outside the module", Hint: "name a file in " + paths.Show(o.Root),
		}})
	}
	state, err := journal.Read(o.Root)
	if err != nil {
		return o, err
	}
	folder := adopt.DefaultFolder
	switch {
	case f.dir != "":
		if folder, isBelow = paths.Below(o.Root, f.dir); !isBelow || folder == "." {
			return o, wrongUsage(spec.Problems{{
				Message: "--dir " + f.dir + " is no folder inside the module", Hint: "name one in " + paths.Show(o.Root),
			}})
		}
	case state != nil:
		folder = state.Folder
	}
	o.Layout = adopt.LayoutIn(folder)
	if _, err := os.Stat(name); err == nil {
		file, err := config.Load(name, a.formats())
		if err != nil {
			return o, err
		}
		o.Models, o.Scanned = file.Models, file.Adopt
	}
	return o, nil
}

// adoptOptions are the options of the flags, of lathe.yaml, and of what is there.
func (a *app) adoptOptions(ctx context.Context, f adoptFlags, patterns []string) (o adopt.Options, err error) {
	if o, err = a.placeOf(ctx, f); err != nil {
		return o, err
	}
	if o.Models = cmp.Or(f.models, o.Models); o.Models == "" {
		return o, wrongUsage(spec.Problems{modelsMissing})
	}
	if o.Written = o.Models; !input.IsURL(o.Models) {
		o.Models = paths.Abs(o.Models)
		o.Written = paths.Rel(o.Home(), o.Models)
	}
	o.Test = f.test
	for _, list := range []struct {
		flag []string
		kept *[]string
	}{
		{fromRoot(o.Root, patterns), &o.Scanned.Packages}, {f.keep, &o.Scanned.Keep},
		{f.platforms, &o.Scanned.Platforms}, {f.tags, &o.Scanned.Tags},
	} {
		if len(list.flag) > 0 {
			*list.kept = list.flag
		}
	}
	if o.Scan, err = scanOptions(o.Scanned); err != nil {
		return o, err
	}
	if o.Cache, err = modelCache(o.Models); err != nil {
		return o, err
	}
	o.Extras, err = adoptExtras(o)
	return o, err
}

// modelCache is the folder for models that are fetched from a location; "" where none are.
func modelCache(location string) (string, error) {
	if !input.IsURL(location) {
		return "", nil
	}
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "lathe", "models"), err
}

// fromRoot makes patterns of packages that count from here count from the module's root.
func fromRoot(root string, patterns []string) []string {
	here, ok := paths.Below(root, ".")
	var all []string
	for _, pattern := range patterns {
		if ok && here != "." && (pattern == "." || strings.HasPrefix(pattern, "./") || strings.HasPrefix(pattern, "../")) {
			pattern = "./" + path.Join(here, pattern)
		}
		all = append(all, pattern)
	}
	return all
}

// scanOptions are the options of a scan that looks at that.
func scanOptions(a config.Adopt) (scan.Options, error) {
	o := scan.Options{Patterns: a.Packages, Keep: a.Keep}
	if len(a.Platforms) == 0 && len(a.Tags) > 0 {
		host := scan.Host()
		host.Tags = a.Tags
		o.Builds = []scan.Build{host}
	}
	for _, platform := range a.Platforms {
		system, arch, ok := strings.Cut(platform, "/")
		if !ok || system == "" || arch == "" {
			return o, wrongUsage(spec.Problems{{
				Message: "--platform " + platform + " is none", Hint: "platforms read like linux/arm64",
			}})
		}
		o.Builds = append(o.Builds, scan.Build{GOOS: system, GOARCH: arch, Tags: a.Tags})
	}
	return o, nil
}

// adoptExtras are the files beside lathe.yaml that change with it.
func adoptExtras(o adopt.Options) (map[string]func([]byte) []byte, error) {
	home := o.Home()
	at := func(name string) string { return path.Join(path.Dir(o.Config), name) }
	folder := filepath.Join(o.Root, filepath.FromSlash(o.Layout.Folder))
	extras := map[string]func([]byte) []byte{
		at(attributesName): func(old []byte) []byte { return withAttributes(old, home, folder) },
	}
	if _, found := generateLineIn(home); found != "" {
		return extras, nil
	}
	mod, err := gomod.Find(o.Root)
	if err != nil {
		return nil, err
	}
	info, _ := debug.ReadBuildInfo()
	line, err := adoptLine(mod, home, published(info))
	if err != nil {
		return nil, err
	}
	extras[at(generateName)] = func(old []byte) []byte { return withGenerateLine(old, home, line) }
	return extras, nil
}

// adoptLine is the line for go generate: go.mod gets no tool that it has not.
func adoptLine(mod gomod.Module, home, version string) (string, error) {
	line, err := generateLine(mod, home, "", version)
	if err != nil || line.mod == "" && !strings.Contains(line.next, "go get") {
		return line.text, err
	}
	line, err = generateLine(mod, home, formRun, version)
	return line.text, err
}
