package emit

import (
	"bytes"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/internal/input"
	"example.com/lathe/spec"
)

// tree is everything that one run wants in one module.
type tree struct {
	root    string // as the first set gave it
	folders map[string]*folder
	// files holds every path of the run, whichever folder it belongs to.
	files map[string]*File
	// dropped are output folders that are no longer wanted.
	dropped map[string]*folder
	// record is the record that lies in this tree, owner that of the whole run;
	// both may be nil.
	record, owner *Record
}

// folder is an output folder: a manifest and the files that belong to it.
type folder struct {
	dir   string
	files []*File // by path
	// keep says that what is listed in the folder already stays.
	keep bool
}

// merge joins the sets of each module and returns the trees in the order of their
// roots, links resolved.
func merge(sets []Set) ([]*tree, error) {
	byRoot := map[string]*tree{}
	var problems spec.Problems
	owner := recordOf(sets)
	for _, set := range sets {
		root, err := filepath.EvalSymlinks(set.Root)
		if err != nil {
			return nil, err
		}
		if byRoot[root] == nil {
			byRoot[root] = newTree(set.Root, owner)
		}
		byRoot[root].add(set, &problems)
	}
	var trees []*tree
	for _, root := range slices.Sorted(maps.Keys(byRoot)) {
		trees = append(trees, byRoot[root])
		byRoot[root].assign(&problems)
		byRoot[root].checkFolding(&problems)
	}
	return trees, problems.Err()
}

func newTree(root string, owner *Record) *tree {
	return &tree{
		root: root, folders: map[string]*folder{}, files: map[string]*File{}, dropped: map[string]*folder{}, owner: owner,
	}
}

// hint advises what to do about that which stands at a path. The record has only one
// place; anything else can go to another folder.
func (t *tree) hint(name, remedy string) string {
	if t.record != nil && name == filepath.Base(t.record.Path) {
		return remedy
	}
	return remedy + ", or choose another output folder"
}

// add takes over a set's folders, files and record. Of a folder that cannot be, its
// files are not looked at: each would have the same fault.
func (t *tree) add(set Set, problems *spec.Problems) {
	if set.Record != nil {
		t.record = set.Record
	}
	before := len(*problems)
	for _, dir := range set.Dirs {
		t.addFolder(dir, &set, problems)
	}
	if len(*problems) > before {
		return
	}
	for i := range set.Files {
		f := &set.Files[i]
		if why := checkFile(f, t.files[f.Path]); why != "" {
			problems.Add(spec.Pos{File: f.Path}, "", "%s", why)
			continue
		}
		t.files[f.Path] = f
	}
}

// addFolder takes over an output folder. One to drop that Lathe would not have made
// is none of ours, whatever names it.
func (t *tree) addFolder(dir string, set *Set, problems *spec.Problems) {
	why := checkPath(dir)
	if dir == "." {
		why = ""
	}
	switch {
	case why != "" && set.Drop:
	case why != "":
		problems.Add(spec.Pos{File: dir}, "", "%s", why)
	case set.Drop:
		t.dropped[dir] = &folder{dir: dir}
	default:
		if t.folders[dir] == nil {
			t.folders[dir] = &folder{dir: dir}
		}
		t.folders[dir].keep = t.folders[dir].keep || set.Keep
	}
}

func checkFile(f, same *File) string {
	switch why := checkPath(f.Path); {
	case why != "":
		return why
	case path.Base(f.Path) == ManifestName:
		return "the name is taken by the manifest"
	case !Generated(f.Data):
		return "the generated file lacks the header by which it would be known"
	case same != nil && !bytes.Equal(same.Data, f.Data):
		return "two packages want different contents for this file"
	}
	return ""
}

// assign adds each file to the deepest folder that contains it.
func (t *tree) assign(problems *spec.Problems) {
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if owner := t.folderOf(name); owner != nil {
			owner.files = append(owner.files, t.files[name])
		} else {
			problems.Add(spec.Pos{File: name}, "", "the file lies in no output folder of its package")
		}
	}
}

func (t *tree) folderOf(name string) *folder {
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		if f := t.folders[dir]; f != nil || dir == "." {
			return f
		}
	}
}

// checkFolding refuses what cannot stand side by side where file names ignore
// case, folders included.
func (t *tree) checkFolding(problems *spec.Problems) {
	seen := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		for part := name; part != "."; part = path.Dir(part) {
			first, taken := seen[strings.ToLower(part)]
			switch {
			case taken && first != part:
				problems.Add(spec.Pos{File: name}, "choose folders that differ in more than case",
					"%s and %s are one file where case is ignored", first, part)
			case part != name && t.files[part] != nil:
				problems.Add(spec.Pos{File: name}, "", "%s is to be a file and a folder", part)
			}
			seen[strings.ToLower(part)] = part
		}
	}
}

// name returns the path of the operating system for a path of the tree.
func (t *tree) name(rel string) string {
	return filepath.Join(t.root, filepath.FromSlash(rel))
}

// rel returns the path of a file of the tree relative to the folder.
func (f *folder) rel(name string) string {
	if f.dir == "." {
		return name
	}
	return strings.TrimPrefix(name, f.dir+"/")
}

// manifest lists the folder's files as they will be.
func (f *folder) manifest() manifest {
	m := make(manifest, len(f.files))
	for _, file := range f.files {
		m[f.rel(file.Path)] = input.Sum(file.Data)
	}
	return m
}

func (f *folder) manifestPath() string { return path.Join(f.dir, ManifestName) }
