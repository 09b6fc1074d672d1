package c2j

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/rules"
	"example.com/lathe/spec/tree"
)

// siblings reads the files beside the service file.
func (l *loader) siblings(api *spec.API, root tree.Value) {
	byName := map[string]*spec.Operation{}
	for _, op := range api.Operations {
		byName[op.Name] = op
	}
	l.paginators(byName, l.Object(l.sibling(paginatorsFile).Get("pagination")))
	l.waiters(byName, l.Object(l.sibling(WaitersFile).Get("waiters")))
	if l.options.Examples {
		l.examples(byName, l.Object(l.sibling(examplesFile).Get("examples")))
	}
	l.endpoint(api, root)
}

// The names of the files beside the service file.
const (
	paginatorsFile = "paginators-1.json"
	examplesFile   = "examples-1.json"
	rulesFile      = "endpoint-rule-set-1.json"
	testsFile      = "endpoint-tests-1.json"
	extrasSuffix   = ".sdk-extras.json"

	// WaitersFile has the waiters.
	WaitersFile = "waiters-2.json"
)

// Siblings are the names of all files beside a service file that clients are made of, sorted.
func Siblings(file string) []string {
	names := []string{examplesFile, rulesFile, paginatorsFile, WaitersFile}
	for _, name := range append(slices.Clone(names), filepath.Base(file)) {
		names = append(names, Extras(name))
	}
	slices.Sort(names)
	return names
}

// examples reads calls of operations. Those of operations that the service does not have
// are passed over: the files need not be of one age.
func (l *loader) examples(operations map[string]*spec.Operation, all tree.Value) {
	for of := range all.All() {
		op := operations[of.Name()]
		if op == nil || !l.Expect(of, tree.Array) {
			continue
		}
		for e := range of.All() {
			if l.Expect(e, tree.Object) {
				op.Examples = append(op.Examples, spec.Example{
					Pos: e.Pos(), Title: l.Text(e.Get("title")), Documentation: l.Text(e.Get("description")),
					Input: e.Get("input").Decode(), Output: e.Get("output").Decode(), OutputText: e.Get("output").Raw(),
					Constraints: true,
				})
			}
		}
	}
}

// sibling reads one of the files beside the service file, with its extras; it is
// absent when the file is not there.
func (l *loader) sibling(name string) tree.Value {
	root := l.read(name)
	l.mergeExtras(root, name)
	return root
}

// mergeExtras adds what boto3 adds to a file: the object "merge" of the file of extras
// beside it, members of objects one by one and all other values as a whole
// (deep_merge in botocore's loaders.py).
func (l *loader) mergeExtras(root tree.Value, name string) {
	if root.Exists() {
		root.Merge(l.Object(l.read(Extras(name)).Get("merge")))
	}
}

// Extras is the name of the file of extras that belongs to a file.
func Extras(name string) string { return strings.TrimSuffix(name, ".json") + extrasSuffix }

// IsExtras reports whether a file of that name has extras.
func IsExtras(name string) bool { return strings.HasSuffix(name, extrasSuffix) }

// read reads a file beside the service file; it is absent when it is not there.
func (l *loader) read(name string) tree.Value {
	if l.options.Siblings == nil {
		return tree.Value{}
	}
	file := filepath.Join(filepath.Dir(l.file), name)
	data, err := fs.ReadFile(l.options.Siblings, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return tree.Value{}
	case err != nil:
		l.Problems.Add(spec.Pos{File: file}, "", "%v", err)
		return tree.Value{}
	}
	root, problems := tree.Parse(file, data)
	l.Problems = append(l.Problems, problems...)
	return l.Object(root)
}

// endpoint reads the rules for endpoints, and their tests on demand.
func (l *loader) endpoint(api *spec.API, root tree.Value) {
	if ruleSet := l.sibling(rulesFile); ruleSet.Exists() {
		endpoint, problems, warnings := rules.Parse(ruleSet, tree.Value.NamePos)
		l.Problems = append(l.Problems, problems...)
		api.Endpoint, api.Warnings = endpoint, append(api.Warnings, warnings...)
	}
	if api.Endpoint == nil {
		return
	}
	client := l.Object(root.Get("clientContextParams"))
	for i := range api.Endpoint.Parameters {
		p := &api.Endpoint.Parameters[i]
		p.Client = client.Get(p.Name).Exists()
	}
	if !l.options.EndpointTests {
		return
	}
	if tests := l.sibling(testsFile); tests.Exists() {
		cases, problems := rules.ParseTests(tests, tree.Value.NamePos)
		api.EndpointTests = cases
		l.Problems = append(l.Problems, problems...)
	}
}

// paginators reads how operations are paginated. Those of operations that the
// service does not have are passed over: the files need not be of one age. So are
// those that Smithy cannot express, with several tokens or with expressions that
// are no paths; the official packages do not paginate them either.
func (l *loader) paginators(operations map[string]*spec.Operation, all tree.Value) {
	for entry := range all.All() {
		if op := operations[entry.Name()]; op != nil {
			l.paginate(op, l.Object(entry))
		}
	}
}

func (l *loader) paginate(op *spec.Operation, p tree.Value) {
	op.Paginate(spec.Pagination{
		InputToken: l.only(p.Get("input_token")), OutputToken: l.only(p.Get("output_token")),
		Items: l.first(p.Get("result_key")), PageSize: l.Text(p.Get("limit_key")), MoreResults: l.Text(p.Get("more_results")),
	})
}

// only returns a path that may be the only one of a list, and nothing for several.
func (l *loader) only(v tree.Value) string {
	if v.Kind() == tree.Array && v.Len() != 1 {
		return ""
	}
	return l.first(v)
}

// first returns a path or the first one of a list.
func (l *loader) first(v tree.Value) string {
	if v.Kind() != tree.Array {
		return l.Text(v)
	}
	for _, path := range l.Texts(v) {
		return path
	}
	return ""
}
