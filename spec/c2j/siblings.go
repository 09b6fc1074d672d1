package c2j

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"example.com/lathe/spec"
	"example.com/lathe/spec/jsonpos"
	"example.com/lathe/spec/rules"
)

// siblings reads the files beside the service file.
func (l *loader) siblings(api *spec.API, root jsonpos.Value) {
	byName := map[string]*spec.Operation{}
	for _, op := range api.Operations {
		byName[op.Name] = op
	}
	paginators := l.sibling("paginators-1.json").Get("pagination")
	extras := l.sibling("paginators-1.sdk-extras.json").Get("merge").Get("pagination")
	l.paginators(byName, overlay{l.object(paginators), l.object(extras)})
	l.waiters(byName, l.object(l.sibling("waiters-2.json").Get("waiters")))
	l.endpoint(api, root)
}

// sibling reads one of the files beside the service file; it is absent when the
// file is not there.
func (l *loader) sibling(name string) jsonpos.Value {
	if l.options.Siblings == nil {
		return jsonpos.Value{}
	}
	file := filepath.Join(filepath.Dir(l.file), name)
	data, err := fs.ReadFile(l.options.Siblings, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return jsonpos.Value{}
	case err != nil:
		l.problems.Add(spec.Pos{File: file}, "", "%v", err)
		return jsonpos.Value{}
	}
	root, problems := jsonpos.Parse(file, data)
	l.problems = append(l.problems, problems...)
	return l.object(root)
}

// serviceExtras reads what boto3 adds to the metadata of a service file. It adds
// to other parts in other files, which would be lost here, so that is reported.
func (l *loader) serviceExtras() jsonpos.Value {
	base := strings.TrimSuffix(filepath.Base(l.file), ".json")
	merge := l.object(l.sibling(base + ".sdk-extras.json").Get("merge"))
	for v := range merge.All() {
		if v.Name() != "metadata" {
			l.problems.Add(v.NamePos(), "merge it into the service file", "additions to %q are not supported", v.Name())
		}
	}
	return l.object(merge.Get("metadata"))
}

// overlay is an object and another one whose members add to it and override it.
type overlay struct{ base, over jsonpos.Value }

func (o overlay) get(name string) jsonpos.Value {
	if v := o.over.Get(name); v.Exists() {
		return v
	}
	return o.base.Get(name)
}

// endpoint reads the rules for endpoints, and their tests on demand.
func (l *loader) endpoint(api *spec.API, root jsonpos.Value) {
	if ruleSet := l.sibling("endpoint-rule-set-1.json"); ruleSet.Exists() {
		endpoint, problems, warnings := rules.Parse([]byte(ruleSet.Raw()), ruleSet.At)
		l.problems = append(l.problems, problems...)
		api.Endpoint, api.Warnings = endpoint, append(api.Warnings, warnings...)
	}
	if api.Endpoint == nil {
		return
	}
	client := l.object(root.Get("clientContextParams"))
	for i := range api.Endpoint.Parameters {
		p := &api.Endpoint.Parameters[i]
		p.Client = client.Get(p.Name).Exists()
	}
	if !l.options.EndpointTests {
		return
	}
	if tests := l.sibling("endpoint-tests-1.json"); tests.Exists() {
		cases, problems := rules.ParseTests([]byte(tests.Raw()), tests.At)
		api.EndpointTests = cases
		l.problems = append(l.problems, problems...)
	}
}

// paginators reads how operations are paginated. Those of operations that the
// service does not have are passed over: the files need not be of one age. So are
// those that Smithy cannot express, with several tokens or with expressions that
// are no paths; the official packages do not paginate them either.
func (l *loader) paginators(operations map[string]*spec.Operation, files overlay) {
	for _, file := range [...]jsonpos.Value{files.base, files.over} {
		for entry := range file.All() {
			if op := operations[entry.Name()]; op != nil {
				l.paginate(op, overlay{l.object(files.base.Get(op.Name)), l.object(files.over.Get(op.Name))})
			}
		}
	}
}

func (l *loader) paginate(op *spec.Operation, p overlay) {
	op.Paginate(spec.Pagination{
		InputToken: l.only(p.get("input_token")), OutputToken: l.only(p.get("output_token")),
		Items: l.first(p.get("result_key")), PageSize: l.text(p.get("limit_key")), MoreResults: l.text(p.get("more_results")),
	})
}

// only gives a path that may be the only one of a list, and nothing for several.
func (l *loader) only(v jsonpos.Value) string {
	if v.Kind() == jsonpos.Array && v.Len() != 1 {
		return ""
	}
	return l.first(v)
}

// first gives a path or the first one of a list.
func (l *loader) first(v jsonpos.Value) string {
	if v.Kind() != jsonpos.Array {
		return l.text(v)
	}
	for _, path := range l.texts(v) {
		return path
	}
	return ""
}
