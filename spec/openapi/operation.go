package openapi

import (
	"cmp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// methods are the HTTP methods in a path, with what HTTP itself says of them: a
// safe method reads only, and an idempotent one may be sent again (RFC 9110).
var methods = [...]struct {
	key              string
	safe, idempotent bool
}{
	{"get", true, true},
	{"head", true, true},
	{"options", true, true},
	{"put", false, true},
	{"delete", false, true},
	{"post", false, false},
	{"patch", false, false},
}

// operations reads all operations, in source order.
func (l *loader) operations() {
	names := map[string]bool{}
	for path := range l.root.Get("paths").All() {
		item := l.doc.Paths.Value(path.Name())
		if item == nil || strings.HasPrefix(path.Name(), "x-") {
			continue
		}
		for f := range path.All() {
			if op := operationOf(item, f); op != nil {
				l.operation(item, op, f, names)
			}
		}
	}
	if len(l.api.Operations) == 0 && len(*l.ps) == 0 {
		l.wrong(l.root, "describe them under paths", "the document has no operations")
	}
}

func (l *loader) operation(item *openapi3.PathItem, op *openapi3.Operation, n tree.Value, names map[string]bool) {
	o := &spec.Operation{Pos: n.NamePos()}
	defer l.owned(o, op, n)()
	o.Name = l.operationName(op, n)
	if op.OperationID != o.Name {
		o.SourceName = op.OperationID
	}
	o.Documentation = cmp.Or(op.Description, op.Summary)
	o.Deprecated = deprecation(op.Deprecated, n)
	// The messages of an operation whose name is taken would be named alike too;
	// the name alone is worth a report.
	register := !names[o.Name]
	names[o.Name] = true
	members := l.parameters(o, item, n.Parent(), op.Parameters, n)
	o.HTTP = l.http(o, n)
	o.Input = l.input(o, members, op.RequestBody, n, register)
	l.responses(o, op.Responses, n, register)
	l.operationSecurity(o, op, n)
	l.operationTraits(o, n)
	l.fillShapes()
	*l.ps = append(*l.ps, spec.CheckHeaders(o)...)
	if !l.unsound[o] { // its labels would be found missing
		*l.ps = append(*l.ps, spec.ValidateOperation(o)...)
	}
	l.api.Operations = append(l.api.Operations, o)
}

// operationName is the name of an operation, and something to go on with where it
// has none.
func (l *loader) operationName(op *openapi3.Operation, n tree.Value) string {
	suggested := operationName(n.Token(), n.Parent().Token())
	id := n.Get("operationId")
	if !n.Get("x-name").Exists() && (!id.Exists() || op.OperationID == "") {
		if !n.Broken() {
			l.wrong(cmp.Or(id, n), "add operationId: "+suggested, "the operation has no operationId")
		}
		return suggested
	}
	return cmp.Or(l.name("an operation", op.OperationID, n, cmp.Or(id, n)), suggested)
}

// http reads the binding to a request. Labels are greedy where the parameter says
// so, or the path itself, as {label+}.
func (l *loader) http(o *spec.Operation, n tree.Value) spec.HTTP {
	path := n.Parent()
	h := spec.HTTP{Pos: path.NamePos(), Method: strings.ToUpper(n.Token()), Status: 200}
	template := path.Token()
	for _, name := range l.greedy(n) {
		template = strings.ReplaceAll(template, "{"+name+"}", "{"+name+"+}")
	}
	var err error
	if h.URI, err = spec.ParseURI(template); err != nil {
		l.wrong(path, "", "%v", err)
		l.unsound[o] = true
	}
	return h
}

// greedy names the path parameters that keep their slashes.
func (l *loader) greedy(n tree.Value) []string {
	var names []string
	for _, list := range [...]tree.Value{n.Parent().Get("parameters"), n.Get("parameters")} {
		for item := range list.All() {
			if at, _ := l.component(item); at.Get("x-greedy").IsTrue() && at.Get("in").Text() == "path" {
				names = append(names, at.Get("name").Text())
			}
		}
	}
	return names
}

// operationTraits reads what extensions say of an operation.
func (l *loader) operationTraits(o *spec.Operation, n tree.Value) {
	for _, m := range methods {
		if m.key == n.Token() {
			o.ReadOnly, o.Idempotent = m.safe, m.idempotent && !m.safe
		}
	}
	if flag := n.Get("x-readonly"); flag.Exists() {
		o.ReadOnly = flag.IsTrue()
	}
	if flag := n.Get("x-idempotent"); flag.Exists() {
		o.Idempotent = flag.IsTrue()
	}
	o.UnsignedPayload = n.Get("x-unsigned-payload").IsTrue()
	o.HostPrefix = n.Get("x-host-prefix").Text()
	o.ChecksumRequired = n.Get("x-checksum-required").IsTrue()
	o.Compression = texts(n.Get("x-compression"))
	if c := n.Get("x-checksum"); c.Exists() {
		o.Checksum = &spec.Checksum{
			Required: c.Get("required").IsTrue(), AlgorithmMember: c.Get("algorithmMember").Text(),
			ModeMember: c.Get("modeMember").Text(), ResponseAlgorithms: texts(c.Get("responseAlgorithms")),
		}
		l.memberExists(o.Input, c.Get("algorithmMember"))
		l.memberExists(o.Input, c.Get("modeMember"))
	}
	l.checkHostPrefix(o, n)
	o.StaticContext = l.staticContext(n.Get("x-static-context-params"))
	for f := range n.Get("x-operation-context-params").All() {
		o.OperationContext = append(o.OperationContext, spec.ContextValue{Name: f.Name(), Value: f.Text()})
	}
	spec.SortContext(o.OperationContext)
	o.Pagination = l.pagination(o, n.Get("x-paginated"))
	o.Waiters = l.waiters(n.Get("x-waiters"))
}

func texts(list tree.Value) []string {
	var all []string
	for item := range list.All() {
		all = append(all, item.Text())
	}
	return all
}

// memberExists sees that a member that an extension names is there.
func (l *loader) memberExists(s *spec.Shape, name tree.Value) {
	if name.Exists() && memberOf(s, name.Text()) == nil {
		l.noMember(s, name.Text(), name)
	}
}

// noMember reports that a shape lacks a member that is named at a place.
func (l *loader) noMember(s *spec.Shape, name string, at tree.Value) {
	var names []string
	what := "the operation"
	if s != nil {
		what = s.Name
		for _, m := range s.Members {
			names = append(names, m.Name)
		}
	}
	l.wrong(at, suggestion(name, names), "%s has no member %q", what, name)
}

// checkHostPrefix sees that the labels of the host prefix and the members marked
// as host labels are the same.
func (l *loader) checkHostPrefix(o *spec.Operation, n tree.Value) {
	labels := map[string]bool{}
	at := n.Get("x-host-prefix")
	rest := o.HostPrefix
	for {
		_, after, open := strings.Cut(rest, "{")
		label, next, closed := strings.Cut(after, "}")
		if !open {
			break
		}
		if !closed {
			l.wrong(at, "", "the label %q is never closed", "{"+after)
			return
		}
		labels[label], rest = true, next
		if m := memberOf(o.Input, label); m == nil || !m.HostLabel {
			l.wrong(at, "give the parameter x-host-label: true", "no member is marked as the host label {%s}", label)
		}
	}
	if o.Input == nil {
		return
	}
	for _, m := range o.Input.Members {
		if m.HostLabel && !labels[m.Name] {
			l.ps.Add(m.Pos, "add {"+m.Name+"} to x-host-prefix",
				"%s is a host label, but the operation's x-host-prefix does not have it", m.Name)
		}
	}
}

func memberOf(s *spec.Shape, name string) *spec.Member {
	if s == nil {
		return nil
	}
	return s.Member(name)
}

// staticContext reads endpoint parameters that an operation sets: strings,
// booleans and lists of strings. They are sorted by name.
func (l *loader) staticContext(n tree.Value) []spec.ContextValue {
	var values []spec.ContextValue
	for f := range n.All() {
		value := f.Decode()
		if f.Kind() == tree.Array {
			value = texts(f)
			for item := range f.All() {
				if item.Kind() != tree.String {
					l.wrong(item, "put it in quotes", "an endpoint parameter is a list of strings, not of %s", kindName(item.Kind()))
				}
			}
		} else if f.Kind() != tree.String && f.Kind() != tree.Bool {
			l.wrong(f, "write a string, a boolean or a list of strings", "an endpoint parameter cannot be %s",
				kindName(f.Kind()))
		}
		values = append(values, spec.ContextValue{Name: f.Name(), Value: value})
	}
	spec.SortContext(values)
	return values
}
