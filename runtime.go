package lathe

import (
	"slices"
	"strings"

	"example.com/lathe/templates"
)

// ShareRuntime cuts the runtime that the clients of results share, so that it has what they
// reach and no more. Others are files of more clients that share it, such as lie on the disk
// because they could not be generated again. Clients with runtimes of their own stay as
// they are.
func ShareRuntime(results []*Result, others [][]byte) error {
	sharing := map[string][]*Result{}
	for _, r := range results {
		if r.target.isShared() {
			sharing[r.target.runtimePath] = append(sharing[r.target.runtimePath], r)
		}
	}
	for _, results := range sharing {
		clients := others
		for _, r := range results {
			clients = slices.Concat(clients, texts(r.own))
		}
		files, err := results[0].target.copies(templates.CutRuntime, clients)
		if err != nil {
			return err
		}
		for _, r := range results {
			r.Files = inOrder(r.own, files)
		}
	}
	return nil
}

// runtimeFor returns the runtime of one client: what it reaches. Of one that it shares with
// others, which may reach more, these are whole packages; [ShareRuntime] cuts them.
func (t target) runtimeFor(client []File) ([]File, error) {
	if t.isShared() {
		return t.copies(templates.WholeRuntime, texts(client))
	}
	return t.copies(templates.CutRuntime, texts(client))
}

// copies places copies of the runtime's packages.
func (t target) copies(
	copied func(home string, clients [][]byte) ([]templates.File, error), clients [][]byte,
) ([]File, error) {
	sources, err := copied(t.runtimePath, clients)
	if err != nil {
		return nil, err
	}
	return t.files(sources)
}

// texts are those of the files of Go.
func texts(files []File) [][]byte {
	var all [][]byte
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".go") {
			all = append(all, f.Data)
		}
	}
	return all
}

// inOrder are the files of a client and its runtime, by path.
func inOrder(own, runtime []File) []File {
	files := slices.Concat(own, runtime)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files
}
