package try

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// Version is the one in which Publish publishes.
const Version = "v0.9.9"

// Publish makes a module proxy in the folder dir that has the module in the folder source,
// as it stands there, in one version, and returns its URL.
func Publish(dir, source string) (string, error) {
	mod, err := os.ReadFile(filepath.Join(source, "go.mod"))
	if err != nil {
		return "", err
	}
	path := modfile.ModulePath(mod)
	escaped, err := module.EscapePath(path)
	if err != nil {
		return "", err
	}
	at := filepath.Join(dir, filepath.FromSlash(escaped), "@v")
	if err := os.MkdirAll(at, 0o700); err != nil {
		return "", err
	}
	for name, data := range map[string]string{
		"list": Version + "\n", Version + ".info": fmt.Sprintf("{%q: %q}\n", "Version", Version),
		Version + ".mod": string(mod),
	} {
		if err := os.WriteFile(filepath.Join(at, name), []byte(data), 0o600); err != nil {
			return "", err
		}
	}
	f, err := os.Create(filepath.Join(at, Version+".zip"))
	if err != nil {
		return "", err
	}
	if err := zip.CreateFromDir(f, module.Version{Path: path, Version: Version}, source); err != nil {
		return "", err
	}
	return "file://" + filepath.ToSlash(dir), f.Close()
}

// Downloaded is the URL of a module proxy that has what this machine has downloaded.
func Downloaded() (string, error) {
	cache, err := goEnv("GOMODCACHE")
	return "file://" + filepath.ToSlash(filepath.Join(cache, "cache", "download")), err
}

func goEnv(name string) (string, error) {
	out, err := exec.Command("go", "env", name).Output()
	return strings.TrimSpace(string(out)), err
}

// copyTracked copies what git would commit in a folder.
func copyTracked(source, target string) error {
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = source
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		from := filepath.Join(source, filepath.FromSlash(name))
		info, err := os.Lstat(from)
		if err != nil || !info.Mode().IsRegular() {
			continue // deleted, but not committed so
		}
		if err := copyFile(from, filepath.Join(target, filepath.FromSlash(name)), info.Mode().Perm()); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}
