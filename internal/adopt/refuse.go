package adopt

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"example.com/lathe/internal/adopt/mods"
	"example.com/lathe/internal/adopt/prove"
	"example.com/lathe/internal/gomod"
	"example.com/lathe/internal/paths"
	"example.com/lathe/internal/plural"
	"example.com/lathe/spec"
)

// refuse returns why a project can't be adopted.
func (o Options) refuse(ctx context.Context) error {
	var problems spec.Problems
	if out, err := filepath.Abs(filepath.Join(o.Root, filepath.FromSlash(o.Layout.Folder))); err == nil {
		if mod, err := gomod.Find(out); err == nil && !paths.Same(mod.Root, o.Root) {
			problems.Add(spec.Pos{File: out}, "name a folder of this module with --dir",
				"the folder belongs to another module, %s", mod.Path)
		}
	}
	if info, err := os.Stat(filepath.Join(o.Root, gomod.Name)); err == nil && info.Mode().Perm()&0o222 == 0 {
		problems.Add(spec.Pos{File: filepath.Join(o.Root, gomod.Name)}, "make it writable", "the file is read-only")
	}
	if err := problems.Err(); err != nil {
		return err
	}
	return refuseWorkspace(ctx, o.Root)
}

// refuseWorkspace refuses a workspace of several modules, for each would need the clients of
// all.
func refuseWorkspace(ctx context.Context, root string) error {
	out, err := prove.Program{Root: root, Env: []string{"GOWORK=" + os.Getenv("GOWORK")}}.Run(ctx, "env", "GOWORK")
	name := strings.TrimSpace(out)
	if err != nil || name == "" || name == "off" {
		return err
	}
	others, err := mods.Workspace(name, root)
	if err != nil || len(others) == 0 {
		return err
	}
	return spec.Problems{{
		Pos: spec.Pos{File: name}, Message: "the workspace has other modules: " + plural.Some(others),
		Hint: "a client has only what one of them calls; with GOWORK=off in the environment this module alone is looked at, and is built alone from then on",
	}}
}
