package adopt

import "path"

// Layout is where things go: slash-separated paths below the root of the module.
type Layout struct {
	// Folder holds a folder for each service, Runtime the packages that all share, Models
	// the parts of models.
	Folder, Runtime, Models string
}

// DefaultFolder is where clients go when nothing else is said.
const DefaultFolder = "third_party/aws"

// LayoutIn is the layout in a folder.
func LayoutIn(folder string) Layout {
	folder = path.Clean(folder)
	return Layout{folder, path.Join(folder, "lathe"), path.Join(folder, "models")}
}

// client is the folder of a client.
func (l Layout) client(pkg string) string { return path.Join(l.Folder, pkg) }

// model is the file of a client's part of a model. One that has files beside it, whose
// names it goes by, has a folder of its own.
func (l Layout) model(c *Client) string {
	if len(c.Trimmed.Files) > 1 {
		return path.Join(l.Models, c.Package(), c.Trimmed.Main)
	}
	return path.Join(l.Models, c.Package()+".json")
}

// modelFiles are the files of a client's part of a model.
func (l Layout) modelFiles(c *Client) map[string][]byte {
	main := l.model(c)
	files := map[string][]byte{}
	for name, data := range c.Trimmed.Files {
		if name == c.Trimmed.Main {
			name = path.Base(main)
		}
		files[path.Join(path.Dir(main), name)] = data
	}
	return files
}
