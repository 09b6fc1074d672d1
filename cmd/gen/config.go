package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe"
	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// configName is the file that plain gen reads.
const configName = "lathe.yaml"

// loadConfig gives the packages of a configuration file, or of the lathe.yaml
// that is found when name is empty. Their paths are usable from the working
// directory.
func loadConfig(name string, formats []string) ([]lathe.Config, error) {
	if name == "" {
		found, err := findConfig()
		if err != nil {
			return nil, err
		}
		name = found
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	file, err := parseConfig(name, data)
	if err != nil {
		return nil, err
	}
	return file.resolve(filepath.Dir(name), formats)
}

// findConfig looks in the working directory and above it, up to the module's
// root. The name it gives is relative.
func findConfig() (string, error) {
	here, err := filepath.Abs(".")
	if err != nil {
		return "", err
	}
	last := here
	if root, _, err := emit.Module(here); err == nil {
		last = root
	}
	for dir := here; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, configName)
		if _, err := os.Stat(name); err == nil {
			return filepath.Rel(here, name)
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
		Message: fmt.Sprintf("there is no %s %s", configName, where),
		Hint:    "gen --help shows one; for a single package, gen generate --spec FILE --out DIR",
	}}
}

// configFile is what a configuration file says, its paths as written.
type configFile struct {
	runtime  text
	packages []configPackage
}

// configPackage is one entry of the list of packages.
type configPackage struct {
	pos                    spec.Pos
	spec, out, pkg, format text
	operations             []text
}

// text is a string with its place; a zero Pos means that the key is absent.
type text struct {
	string
	pos spec.Pos
}

func (t text) present() bool { return t.pos != spec.Pos{} }

// resolve makes the paths relative to the working directory, given the folder of
// the file, and checks what the packages say. Formats are those that exist.
func (c *configFile) resolve(dir string, formats []string) ([]lathe.Config, error) {
	var configs []lathe.Config
	for _, p := range c.packages {
		cfg := lathe.Config{
			Spec: join(dir, p.spec), Format: p.format.string, Out: join(dir, p.out), Package: p.pkg.string, Runtime: join(dir, c.runtime),
		}
		for _, name := range p.operations {
			cfg.Operations = append(cfg.Operations, name.string)
		}
		configs = append(configs, cfg)
	}
	var problems spec.Problems
	checkNames(c, formats, &problems)
	checkSpecs(c, configs, &problems)
	checkFolders(c, configs, &problems)
	return configs, problems.Err()
}

func join(dir string, name text) string {
	file := filepath.FromSlash(name.string)
	if !name.present() || filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

func checkNames(c *configFile, formats []string, problems *spec.Problems) {
	for _, p := range c.packages {
		if p.pkg.present() && !naming.IsPackage(p.pkg.string) {
			problems.Add(p.pkg.pos, "lower-case letters and digits, no keyword", "%q is not a Go package name", p.pkg.string)
		}
		if p.format.present() && !slices.Contains(formats, p.format.string) {
			problems.Add(p.format.pos, "there are "+strings.Join(formats, ", "), "unknown format %q", p.format.string)
		}
	}
}

// checkSpecs reports specs that can't be there.
func checkSpecs(c *configFile, configs []lathe.Config, problems *spec.Problems) {
	for i, cfg := range configs {
		info, err := os.Stat(cfg.Spec)
		switch at := c.packages[i].spec.pos; {
		case errors.Is(err, fs.ErrNotExist):
			problems.Add(at, "paths are relative to the folder of "+configName, "there is no file %s", cfg.Spec)
		case err == nil && info.IsDir():
			problems.Add(at, "name the file of the spec", "%s is a folder", cfg.Spec)
		}
	}
}
