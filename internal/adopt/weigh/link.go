package weigh

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// maxPrograms bounds how many commands are linked: linking is never cached, and of a
// module with fifty commands the largest few say it all.
const maxPrograms = 8

// link builds the commands that have some of the packages, with symbols and without. One
// go command links all of them, side by side.
func (m *meter) link(ctx context.Context, f *Figures) error {
	commands := m.commands()
	if n := len(commands); n > maxPrograms {
		commands, f.Others = commands[:maxPrograms], n-maxPrograms
	}
	f.Programs = make([]Binary, len(commands))
	for i, p := range commands {
		f.Programs[i].ImportPath = p.ImportPath
	}
	for _, form := range []struct {
		flags string
		size  func(*Binary) *int64
	}{
		{"", func(b *Binary) *int64 { return &b.Bytes }},
		{"-s -w", func(b *Binary) *int64 { return &b.Stripped }},
	} {
		sizes, err := m.linked(ctx, commands, form.flags)
		if err != nil {
			return err
		}
		for i := range f.Programs {
			*form.size(&f.Programs[i]) = sizes[i]
		}
	}
	return nil
}

// commands are the commands of the module that have some of the packages, those that link
// the most first.
func (m *meter) commands() []pkg {
	var found []pkg
	for _, p := range m.all {
		if p.Name == "main" && p.Module != nil && p.Module.Main && slices.ContainsFunc(p.Deps, m.ours) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b pkg) int {
		return cmp.Or(cmp.Compare(len(b.Deps), len(a.Deps)), cmp.Compare(a.ImportPath, b.ImportPath))
	})
	return found
}

// linked returns how large commands become. One go command can't link two whose files have
// the same name.
func (m *meter) linked(ctx context.Context, commands []pkg, flags string) ([]int64, error) {
	sizes := make([]int64, len(commands))
	for _, round := range rounds(commands) {
		dir, err := os.MkdirTemp(m.dir, "linked-")
		if err != nil {
			return nil, fmt.Errorf("measuring: %w", err)
		}
		args := []string{"build", "-o", dir + string(filepath.Separator), "-ldflags=" + flags}
		for _, at := range round {
			args = append(args, commands[at].ImportPath)
		}
		if _, err := m.program.Run(ctx, args...); err != nil {
			return nil, err
		}
		for _, at := range round {
			info, err := os.Stat(filepath.Join(dir, filepath.Base(commands[at].Target)))
			if err != nil {
				return nil, fmt.Errorf("measuring %s: %w", commands[at].ImportPath, err)
			}
			sizes[at] = info.Size()
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, fmt.Errorf("measuring: %w", err)
		}
	}
	return sizes, nil
}

// rounds are the commands, by their indexes, in groups without two of one name.
func rounds(commands []pkg) [][]int {
	var all [][]int
	nth := map[string]int{} // in which group the next of a name belongs
	for i, p := range commands {
		name := filepath.Base(p.Target)
		if nth[name] == len(all) {
			all = append(all, nil)
		}
		all[nth[name]] = append(all[nth[name]], i)
		nth[name]++
	}
	return all
}
