package openapi

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
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
	for _, path := range l.root.get("paths").each() {
		item := l.doc.Paths.Value(path.key)
		if item == nil || strings.HasPrefix(path.key, "x-") {
			continue
		}
		for _, f := range path.value.each() {
			for _, method := range methods {
				if op := item.GetOperation(strings.ToUpper(f.key)); f.key == method.key && op != nil {
					l.operation(item, op, f.value, names)
				}
			}
		}
	}
	if len(l.api.Operations) == 0 && len(*l.ps) == 0 {
		l.wrong(l.root, "describe them under paths", "the document has no operations")
	}
}

func (l *loader) operation(item *openapi3.PathItem, op *openapi3.Operation, n *node, names map[string]bool) {
	o := &spec.Operation{Pos: n.keyPos()}
	defer l.owned(o, n)()
	o.Name = l.operationName(op, n)
	if op.OperationID != o.Name {
		o.SourceName = op.OperationID
	}
	o.Documentation = firstOf(op.Description, op.Summary)
	o.Deprecated = deprecation(op.Deprecated, n)
	// The messages of an operation whose name is taken would be named alike too;
	// the name alone is worth a report.
	register := !names[o.Name]
	names[o.Name] = true
	members := l.parameters(o, item, n.parent, op.Parameters, n)
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
func (l *loader) operationName(op *openapi3.Operation, n *node) string {
	suggested := operationName(n.token, n.parent.token)
	id := n.get("operationId")
	if n.get("x-name") == nil && (id == nil || op.OperationID == "") {
		if !n.broken {
			l.wrong(firstOfNodes(id, n), "add operationId: "+suggested, "the operation has no operationId")
		}
		return suggested
	}
	return firstOf(l.name("an operation", op.OperationID, n, firstOfNodes(id, n)), suggested)
}

// http reads the binding to a request. Labels are greedy where the parameter says
// so.
func (l *loader) http(o *spec.Operation, n *node) spec.HTTP {
	path := n.parent
	h := spec.HTTP{Pos: path.keyPos(), Method: strings.ToUpper(n.token), Status: 200}
	if strings.Contains(path.token, "+}") {
		l.wrong(path, "write {label} and give the parameter x-greedy: true", "a label cannot end in a plus sign")
		l.unsound[o] = true
		return h
	}
	template := path.token
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
func (l *loader) greedy(n *node) []string {
	var names []string
	for _, list := range [...]*node{n.parent.get("parameters"), n.get("parameters")} {
		for _, item := range list.items() {
			if at, _ := l.component(item); at.get("x-greedy").isTrue() && at.get("in").string() == "path" {
				names = append(names, at.get("name").string())
			}
		}
	}
	return names
}

// operationTraits reads what extensions say of an operation.
func (l *loader) operationTraits(o *spec.Operation, n *node) {
	for _, m := range methods {
		if m.key == n.token {
			o.ReadOnly, o.Idempotent = m.safe, m.idempotent && !m.safe
		}
	}
	if flag := n.get("x-readonly"); flag != nil {
		o.ReadOnly = flag.isTrue()
	}
	if flag := n.get("x-idempotent"); flag != nil {
		o.Idempotent = flag.isTrue()
	}
	o.UnsignedPayload = n.get("x-unsigned-payload").isTrue()
	o.HostPrefix = n.get("x-host-prefix").string()
	o.ChecksumRequired = n.get("x-checksum-required").isTrue()
	o.Compression = texts(n.get("x-compression"))
	if c := n.get("x-checksum"); c != nil {
		o.Checksum = &spec.Checksum{
			Required: c.get("required").isTrue(), AlgorithmMember: c.get("algorithmMember").string(),
			ModeMember: c.get("modeMember").string(), ResponseAlgorithms: texts(c.get("responseAlgorithms")),
		}
		l.memberExists(o.Input, c.get("algorithmMember"))
		l.memberExists(o.Input, c.get("modeMember"))
	}
	l.checkHostPrefix(o, n)
	o.StaticContext = l.staticContext(n.get("x-static-context-params"))
	for _, f := range n.get("x-operation-context-params").each() {
		o.OperationContext = append(o.OperationContext, spec.ContextValue{Name: f.key, Value: f.value.text})
	}
	o.Pagination = l.pagination(o, n.get("x-paginated"))
	o.Waiters = l.waiters(n.get("x-waiters"))
}

func texts(list *node) []string {
	var all []string
	for _, item := range list.items() {
		all = append(all, item.text)
	}
	return all
}

// memberExists sees that a member that an extension names is there.
func (l *loader) memberExists(s *spec.Shape, name *node) {
	if name == nil || s != nil && s.Member(name.text) != nil {
		return
	}
	var names []string
	what := "the operation"
	if s != nil {
		what = s.Name
		for _, m := range s.Members {
			names = append(names, m.Name)
		}
	}
	l.wrong(name, suggestion(name.text, names), "%s has no member %q", what, name.text)
}

// checkHostPrefix sees that the labels of the host prefix and the members marked
// as host labels are the same.
func (l *loader) checkHostPrefix(o *spec.Operation, n *node) {
	labels := map[string]bool{}
	at := n.get("x-host-prefix")
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
			l.ps.Add(m.Pos, "add {"+m.Name+"} to x-host-prefix", "%s is a host label, but the operation's x-host-prefix does not have it", m.Name)
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
// booleans and lists of strings.
func (l *loader) staticContext(n *node) []spec.ContextValue {
	var values []spec.ContextValue
	for _, f := range n.each() {
		value := f.value.value()
		if f.value.kind == listNode {
			value = texts(f.value)
			for _, item := range f.value.list {
				if item.kind != textNode {
					l.wrong(item, "put it in quotes", "an endpoint parameter is a list of strings, not of %s", item.kind)
				}
			}
		} else if f.value.kind != textNode && f.value.kind != flagNode {
			l.wrong(f.value, "write a string, a boolean or a list of strings", "an endpoint parameter cannot be %s", f.value.kind)
		}
		values = append(values, spec.ContextValue{Name: f.key, Value: value})
	}
	return values
}
