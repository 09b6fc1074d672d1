package openapi

import (
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
)

// responses reads an operation's responses: the one that is its success, and the
// errors of all others.
func (l *loader) responses(op *spec.Operation, responses *openapi3.Responses, n *node, register bool) {
	var success *node
	for _, f := range n.get("responses").each() {
		at, component := l.component(f.value)
		ref := responses.Value(f.key)
		if component != "" {
			ref = l.doc.Components.Responses[component]
		}
		if !l.marksErrors && isFailure(f.key) {
			continue
		}
		status, known := l.status(f)
		switch {
		case !known || at == nil || ref == nil || ref.Value == nil:
			success = firstNode(success, f.value, status/100 == 2)
		case status/100 == 2 && success != nil:
			l.wrong(f.value, "keep one of them", "an operation with several success statuses is not supported, the first stands at %s", success.pos())
		case status/100 == 2:
			success = f.value
			op.HTTP.Status = status
			op.Output = l.output(op, ref.Value, at, register)
		default:
			l.errorResponse(op, status, ref.Value, at, f.value)
		}
	}
	if success == nil && !n.broken && !n.get("responses").isBroken() {
		l.wrong(firstOfNodes(n.get("responses"), n), `add one, such as "200"`, "the operation has no success response")
	}
}

// firstNode gives a when it is set, otherwise b when it may be used.
func firstNode(a, b *node, use bool) *node {
	if a == nil && use {
		return b
	}
	return a
}

func firstOfNodes(a, b *node) *node { return firstNode(a, b, true) }

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
func (l *loader) status(f field) (status int, known bool) {
	if f.key == "default" {
		return 0, true
	}
	status, err := strconv.Atoi(f.key)
	at := f.value.keyPos()
	switch {
	case len(f.key) > 1 && f.key[:1] == "x" && f.key[1] == '-':
		return 0, false
	case len(f.key) == 3 && f.key[1:] == "XX":
		l.ps.Add(at, "write one response for each status", "ranges of statuses (%s) are not supported", f.key)
		return 100 * int(f.key[0]-'0'), false
	case err != nil || len(f.key) != 3:
		l.ps.Add(at, "write three digits, or default", "%q is no HTTP status", f.key)
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
func (l *loader) output(op *spec.Operation, response *openapi3.Response, n *node, register bool) *spec.Shape {
	name := op.Name + "Output"
	members := l.headers(name, response.Headers, n)
	if code := n.get("x-status-code"); code != nil {
		if !isIdentifier(code.text) {
			l.wrong(code, "use letters, digits and underscores, and begin with a letter", "%q cannot be the name of a member", code.text)
		}
		members = append(members, &spec.Member{
			Pos: code.pos(), Name: code.text, Location: spec.InStatusCode, Target: l.prelude(spec.Integer, code),
		})
	}
	return l.message(name, n, members, l.body(name, response.Content, n), register)
}

// headers makes the members of a response's headers.
func (l *loader) headers(owner string, headers openapi3.Headers, n *node) []*spec.Member {
	var members []*spec.Member
	for _, f := range n.get("headers").each() {
		at, component := l.component(f.value)
		ref := headers[f.key]
		if component != "" {
			ref = l.doc.Components.Headers[component]
		}
		if at == nil || ref == nil || ref.Value == nil {
			continue
		}
		header := placed{&ref.Value.Parameter, at}
		m := &spec.Member{Pos: f.value.keyPos(), Location: spec.InHeader, LocationName: f.key, Required: ref.Value.Required}
		m.Name = l.memberName(f.key, at)
		l.bindPlaced(m, owner+title(m.Name), header)
		l.checkStyle(header, "simple")
		l.place(m, header)
		if clash := memberNamed(members, m.Name); clash != nil {
			l.clash(f.value, clash)
			continue
		}
		members = append(members, m)
	}
	return members
}

// errorResponse reads the response to a request that failed: its schema, or each
// branch of a oneOf, refers to the schema of an error. In a document that marks no
// schema as that of an error nothing is known of their codes, so that all errors
// are generic ones.
func (l *loader) errorResponse(op *spec.Operation, status int, response *openapi3.Response, n, key *node) {
	if !l.marksErrors {
		return
	}
	if status/100 == 3 && n.get("content") == nil {
		l.wrong(key, "leave it out, or give it the schema of an error", "redirects (%d) are not supported", status)
		return
	}
	media := l.mediaType(n.get("content"))
	schema := media.get("schema")
	switch {
	case media == nil && (n.broken || n.get("content") != nil) || media.isBroken() || schema.isBroken():
		return
	case schema == nil || !isJSON(media):
		l.wrong(key, "give it content application/json with the schema of an error", "the error response has no JSON schema, so that its code is unknown")
		return
	}
	if payload := firstOfNodes(n.get("x-payload"), n.get("x-status-code")); payload != nil {
		l.ps.Add(payload.keyPos(), "remove it", "%s is for successful responses", payload.token)
	}
	branches := schema.get("oneOf").items()
	if schema.get("oneOf") == nil {
		branches = []*node{schema}
	}
	for _, branch := range branches {
		l.operationError(op, status, response, branch, n, key)
	}
}

// operationError adds one error to an operation.
func (l *loader) operationError(op *spec.Operation, status int, response *openapi3.Response, schema, n, key *node) {
	at, name := l.component(schema)
	shape := l.named(name)
	switch {
	case at == nil || name != "" && shape.Kind == spec.Invalid:
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
	if !slices.Contains(op.Errors, shape) {
		op.Errors = append(op.Errors, shape)
	}
}

// errorStatus gives an error the status of the responses that refer to it; there
// can be only one.
func (l *loader) errorStatus(shape *spec.Shape, schema *node, status int, key *node) {
	fault := schema.get("x-error", "fault").string()
	if first := l.statuses[shape]; first != nil {
		if shape.Error.Status != status {
			l.wrong(key, "declare one error for each status", "%s has another status at %s", shape.Name, first.pos())
		}
		return
	}
	l.statuses[shape] = key
	shape.Error.Status = status
	shape.Error.Server = fault == "server" || fault == "" && status >= 500
	if status == 0 && fault == "" {
		l.wrong(schema.get("x-error"), "add fault: client or fault: server", "%s has no status that would say whose fault it is", shape.Name)
	}
}

// errorHeaders adds the headers of a response to the error that it carries.
func (l *loader) errorHeaders(shape *spec.Shape, response *openapi3.Response, n *node) {
	headers := n.get("headers")
	if headers == nil || l.headersOf[shape] == headers {
		return
	}
	if first := l.headersOf[shape]; first != nil {
		l.wrong(headers, "declare the response once in components/responses", "%s has other headers at %s", shape.Name, first.pos())
		return
	}
	l.headersOf[shape] = headers
	shape.Members = l.join(l.headers(shape.Name, response.Headers, n), shape.Members)
}

// errorTraits reads what x-error says; the status follows from the responses.
func (l *loader) errorTraits(kind spec.Kind, n *node) *spec.ErrorTraits {
	at := n.get("x-error")
	if at == nil || kind != spec.Structure {
		return nil
	}
	fault := at.get("fault")
	if f := fault.string(); fault != nil && f != "client" && f != "server" {
		l.wrong(fault, "write client or server", "there is no fault %q", f)
	}
	throttling := at.get("throttling").isTrue()
	return &spec.ErrorTraits{
		Server: fault.string() == "server", Code: at.get("code").string(),
		Retryable: throttling || at.get("retryable").isTrue(), Throttling: throttling,
	}
}
