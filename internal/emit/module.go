package emit

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Module finds the module that a folder belongs to: the nearest go.mod in it or
// above. The folder need not exist. It gives the module's root as an absolute
// path that is a lexical ancestor of dir, and the module's path. The error is a
// [Problems] when there is no go.mod, or one without a module line.
func Module(dir string) (root, modulePath string, err error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for root = start; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "go.mod")
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			modulePath, err := readModulePath(file)
			return root, modulePath, err
		}
		if root == filepath.Dir(root) {
			return "", "", Problems{{
				Path:    dir,
				Message: "the folder is outside any Go module: there is no go.mod in it or above",
				Hint:    `choose a folder inside a module, or make one with "go mod init"`,
			}}
		}
	}
}

func readModulePath(file string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if p := modulePath(string(data)); p != "" {
		return p, nil
	}
	return "", Problems{{
		Path:    file,
		Message: "no module line names the module's path",
		Hint:    `the first line of a go.mod reads like "module example.com/project"`,
	}}
}

// modulePath reads the module directive of a go.mod in the forms that
// https://go.dev/ref/mod#go-mod-file-module allows; it gives "" when there is
// none.
func modulePath(goMod string) string {
	block := false
	for line := range strings.Lines(goMod) {
		text, _, _ := strings.Cut(line, "//")
		fields := strings.Fields(text)
		switch {
		case block && len(fields) == 1 && fields[0] != ")":
			return unquote(fields[0])
		case len(fields) == 2 && fields[0] == "module" && fields[1] == "(":
			block = true
		case len(fields) == 1 && fields[0] == "module(":
			block = true
		case len(fields) == 2 && fields[0] == "module":
			return unquote(fields[1])
		}
	}
	return ""
}

func unquote(s string) string {
	if s[0] != '"' && s[0] != '`' {
		return s
	}
	plain, err := strconv.Unquote(s)
	if err != nil {
		return ""
	}
	return plain
}
