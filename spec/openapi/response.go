package openapi

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// responses reads an operation's responses: the one that is its success, and the
// errors of all others.
func (l *loader) responses(op *spec.Operation, responses *openapi3.Responses, n tree.Value, register bool) {
	var success tree.Value
	for f := range n.Get("responses").All() {
		at, _ := l.component(f)
		ref := responses.Value(f.Name())
		if !l.marksErrors && !l.hasErrorContent(f) && (isFailure(f.Name()) || f.Name() == "default") {
			continue
		}
		status, known := l.status(f)
		switch {
		case !known || !at.Exists() || ref == nil || ref.Value == nil:
			if status/100 == 2 {
				success = cmp.Or(success, f)
			}
		case status/100 == 2 && success.Exists():
			l.wrong(f, "keep one of them", "an operation with several success statuses is not supported, the first stands at %s",
				success.Place())
		case status/100 == 2:
			success = f
			op.HTTP.Status = status
			op.Output = l.output(op, ref.Value, at, register)
		default:
			l.errorResponse(op, status, ref.Value, at, f)
		}
	}
	op.Errors = spec.SortErrors(op.Errors)
	if !success.Exists() && !n.Broken() && !n.Get("responses").Broken() {
		l.wrong(cmp.Or(n.Get("responses"), n), `add one, such as "200"`, "the operation has no success response")
	}
}

// isSuccess reports whether the key of a response is meant for requests that
// succeed.
func isSuccess(key string) bool { return strings.HasPrefix(key, "2") }

// isFailure reports whether the key of a response is a status, or range of statuses,
// of requests that fail.
func isFailure(key string) bool {
	if len(key) != 3 || key[0] < '3' || key[0] > '5' {
		return false
	}
	_, err := strconv.Atoi(key)
	return err == nil || key[1:] == "XX"
}

// status reads the key of a response: 0 stands for "default".
func (l *loader) status(f tree.Value) (status int, known bool) {
	if f.Name() == "default" {
		return 0, true
	}
	status, err := strconv.Atoi(f.Name())
	at := f.NamePos()
	switch {
	case strings.HasPrefix(f.Name(), "x-"):
		return 0, false
	case len(f.Name()) == 3 && f.Name()[1:] == "XX":
		l.ps.Add(at, "write one response for each status", "ranges of statuses (%s) are not supported", f.Name())
		return 100 * int(f.Name()[0]-'0'), false
	case err != nil || len(f.Name()) != 3:
		l.ps.Add(at, "write three digits, or default", "%q is no HTTP status", f.Name())
	case status < 100 || status > 599:
		l.ps.Add(at, "", "there is no HTTP status %d", status)
	case status < 200:
		l.ps.Add(at, "leave it out", "interim responses (%d) are not supported", status)
	default:
		return status, true
	}
	return status, false
}

// output makes an operation's output: headers and status, then the members of
// the body.
func (l *loader) output(op *spec.Operation, response *openapi3.Response, n tree.Value, register bool) *spec.Shape {
	name := op.Name + "Output"
	members := l.headers(name, response.Headers, n)
	if code := n.Get("x-status-code"); code.Exists() {
		if !isIdentifier(code.Text()) {
			l.wrong(code, "use letters, digits and underscores, and begin with a letter",
				"%q cannot be the name of a member", code.Text())
		}
		members = append(members, &spec.Member{
			Pos: code.Place(), Name: code.Text(), Location: spec.InStatusCode, Target: l.prelude(spec.Integer, code),
		})
	}
	return l.message(name, n, members, l.body(name, response.Content, n), register)
}

// headers makes the members of a response's headers.
func (l *loader) headers(owner string, headers openapi3.Headers, n tree.Value) []*spec.Member {
	var members []*spec.Member
	for f := range n.Get("headers").All() {
		at, _ := l.component(f)
		ref := headers[f.Name()]
		if !at.Exists() || ref == nil || ref.Value == nil {
			continue
		}
		header := placed{&ref.Value.Parameter, at}
		m := &spec.Member{Pos: f.NamePos(), Location: spec.InHeader, LocationName: f.Name(), Required: ref.Value.Required}
		m.Name = l.memberName(f.Name(), at)
		l.bindPlaced(m, owner+title(m.Name), header)
		l.checkStyle(header, "simple")
		l.place(m, header)
		if clash := memberNamed(members, m.Name); clash != nil {
			l.clash(f, clash)
			continue
		}
		members = append(members, m)
	}
	return members
}

// errorResponse reads the response to a request that failed: its schema, or each
// branch of a oneOf, refers to the schema of an error. In a document that marks no
// schema as that of an error nothing is known of their codes, so that all errors
// are generic ones; but for those of Smithy's converter, which says them.
func (l *loader) errorResponse(op *spec.Operation, status int, response *openapi3.Response, n, key tree.Value) {
	if status/100 == 3 && !n.Get("content").Exists() {
		l.wrong(key, "leave it out, or give it the schema of an error", "redirects (%d) are not supported", status)
		return
	}
	media := l.mediaType(n.Get("content"))
	schema := media.Get("schema")
	switch {
	case !media.Exists() && (n.Broken() || n.Get("content").Exists()) || media.Broken() || schema.Broken():
		return
	case !schema.Exists() || !isJSON(media):
		l.wrong(key, "give it content application/json with the schema of an error",
			"the error response has no JSON schema, so that its code is unknown")
		return
	}
	if payload := cmp.Or(n.Get("x-payload"), n.Get("x-status-code")); payload.Exists() {
		l.ps.Add(payload.NamePos(), "remove it", "%s is for successful responses", payload.Token())
	}
	branches := schema.Get("oneOf").List()
	if !schema.Get("oneOf").Exists() {
		branches = []tree.Value{schema}
	}
	for _, branch := range branches {
		l.operationError(op, status, response, branch, n, key)
	}
}

// operationError adds one error to an operation.
func (l *loader) operationError(
	op *spec.Operation, status int, response *openapi3.Response, schema, n, key tree.Value,
) {
	at, name := l.component(schema)
	shape := l.named(name)
	switch {
	case !at.Exists() || name != "" && shape.Kind == spec.Invalid:
		return
	case name == "":
		l.wrong(schema, "move it to components/schemas and refer to it", "the schema of an error needs a name")
		return
	case shape.Error == nil:
		l.wrong(schema, "add x-error to it", "the schema %s is that of an error, but has no x-error", name)
		return
	}
	l.errorStatus(shape, at, status, key)
	l.errorHeaders(shape, response, n)
	op.Errors = append(op.Errors, shape)
}

// errorStatus sets the status of an error to that of the responses that refer to it; there
// can be only one.
func (l *loader) errorStatus(shape *spec.Shape, schema tree.Value, status int, key tree.Value) {
	fault := schema.Get("x-error", "fault").Text()
	if first := l.statuses[shape]; first.Exists() {
		if shape.Error.Status != status {
			l.wrong(key, "declare one error for each status", "%s has another status at %s", shape.Name, first.Place())
		}
		return
	}
	l.statuses[shape] = key
	shape.Error.Status = status
	shape.Error.Server = fault == "server" || fault == "" && status >= 500
	if status == 0 && fault == "" {
		l.wrong(schema.Get("x-error"), "add fault: client or fault: server",
			"%s has no status that would say whose fault it is", shape.Name)
	}
}

// errorHeaders adds the headers of a response to the error that it carries.
func (l *loader) errorHeaders(shape *spec.Shape, response *openapi3.Response, n tree.Value) {
	headers := n.Get("headers")
	if !headers.Exists() || l.headersOf[shape] == headers {
		return
	}
	if first := l.headersOf[shape]; first.Exists() {
		l.wrong(headers, "declare the response once in components/responses", "%s has other headers at %s", shape.Name,
			first.Place())
		return
	}
	l.headersOf[shape] = headers
	shape.Members = l.join(l.headers(shape.Name, response.Headers, n), shape.Members)
}

// contentSuffix is what Smithy's converter puts behind the name of an error, to name the
// schema of what is sent of it.
const contentSuffix = "ResponseContent"

// findErrorContents returns the schemas that Smithy's converter has made of errors: those with its
// name that answer requests which fail.
func (l *loader) findErrorContents() map[tree.Value]bool {
	found := map[tree.Value]bool{}
	for path := range l.root.Get("paths").All() {
		for op := range path.All() {
			for response := range op.Get("responses").All() {
				at, _ := l.component(response)
				schema, name := l.component(at.Get("content", jsonType, "schema"))
				if isFailure(response.Name()) && isContentName(name) && schema.Get("type").Text() == "object" {
					found[schema] = true
				}
			}
		}
	}
	return found
}

func isContentName(name string) bool {
	return strings.HasSuffix(name, contentSuffix) && name != contentSuffix
}

// hasErrorContent reports whether a response carries an error of Smithy's converter.
func (l *loader) hasErrorContent(response tree.Value) bool {
	at, _ := l.component(response)
	schema, _ := l.component(at.Get("content", jsonType, "schema"))
	return l.errorContents[schema]
}

// errorTraits reads what x-error says; the status follows from the responses.
func (l *loader) errorTraits(kind spec.Kind, n tree.Value) *spec.ErrorTraits {
	at := n.Get("x-error")
	if kind != spec.Structure || !at.Exists() && !l.errorContents[n] {
		return nil
	}
	code, fault := at.Get("code").Text(), at.Get("fault")
	if l.errorContents[n] {
		code = strings.TrimSuffix(n.Name(), contentSuffix)
	}
	if f := fault.Text(); fault.Exists() && f != "client" && f != "server" {
		l.wrong(fault, "write client or server", "there is no fault %q", f)
	}
	throttling := at.Get("throttling").IsTrue()
	return &spec.ErrorTraits{
		Server: fault.Text() == "server", Code: code,
		Retryable: throttling || at.Get("retryable").IsTrue(), Throttling: throttling,
	}
}
