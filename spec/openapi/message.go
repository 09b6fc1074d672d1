package openapi

import (
	"cmp"
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"example.com/lathe/spec"
	"example.com/lathe/spec/tree"
)

// body is what a request or response carries in its body: either members that
// are the keys of a JSON object, or one member that is all of it.
type body struct {
	// shape is the component whose members they are, nil for a schema written
	// out in place.
	shape   *spec.Shape
	members []*spec.Member
}

// jsonType is the media type of bodies whose keys are members.
const jsonType = "application/json"

// plainMedia are the media types that need no mention: those that the protocol itself
// has for payloads of a kind.
var plainMedia = [...]string{
	spec.Union: "", spec.Blob: "application/octet-stream", spec.String: "text/plain", spec.Enum: "text/plain",
}

// body reads the content of a request body or response; owner is the name of the
// message that it is part of.
func (l *loader) body(owner string, content openapi3.Content, holder tree.Value) body {
	media := l.mediaType(holder.Get("content"))
	if !media.Exists() || content[media.Token()] == nil {
		return body{}
	}
	n, payload := media.Get("schema"), holder.Get("x-payload")
	if !n.Exists() && !isJSON(media) && !media.Broken() {
		// What has no schema is bytes.
		n = media
		l.schemas[n] = openapi3.NewStringSchema().WithFormat("binary")
	}
	at, name := l.component(n)
	if !at.Exists() {
		if !n.Exists() && !media.Broken() {
			l.wrong(media, "add a schema", "the body has no schema")
		}
		return body{}
	}
	members := isJSON(media) && !payload.Exists()
	switch shape := l.named(name); {
	case members && name != "" && shape.Kind == spec.Structure:
		l.besideBody(n)
		return body{shape, shape.Members}
	case members && name == "" && l.kindOf(n) == spec.Structure:
		l.checkKeywords(spec.Structure, n)
		return body{nil, l.properties(owner, n)}
	}
	return body{nil, []*spec.Member{l.payload(owner, n, media, payload)}}
}

// isJSON reports whether a media type is that of JSON, whatever its parameters.
func isJSON(media tree.Value) bool {
	name, _, err := mime.ParseMediaType(media.Token())
	return err == nil && name == jsonType
}

// besideBody refuses what stands beside the reference to a body's schema: there
// is no member that it could speak of.
func (l *loader) besideBody(n tree.Value) {
	for f := range n.All() {
		if !slices.Contains([]string{"$ref", "allOf", "description"}, f.Name()) {
			l.ps.Add(f.NamePos(), "move it to the schema that is referred to",
				"%s cannot stand beside the $ref of a body", f.Name())
		}
	}
}

// mediaType returns the only media type of a content object, absent when there is
// none or the content cannot be read.
func (l *loader) mediaType(content tree.Value) tree.Value {
	var found tree.Value
	for f := range content.All() {
		name, _, err := mime.ParseMediaType(f.Name())
		switch {
		case strings.HasPrefix(f.Name(), "x-"):
			continue
		case err != nil || strings.Contains(name, "*") || !strings.Contains(name, "/"):
			l.wrong(f, "name one media type, such as application/json", "%q is no media type", f.Name())
		case name == "application/x-www-form-urlencoded" || strings.HasPrefix(name, "multipart/"):
			l.wrong(f, "use application/json", "form bodies (%s) are not supported", name)
		case found.Exists():
			l.wrong(f, "keep one of them", "a body of several content types is not supported")
			continue
		default:
			found = f
			continue
		}
		return tree.Value{}
	}
	return found
}

// payload makes the member that fills a body.
func (l *loader) payload(owner string, n, media, name tree.Value) *spec.Member {
	m := &spec.Member{Pos: n.NamePos(), Name: cmp.Or(name.Text(), "body"), Location: spec.InPayload}
	if !isIdentifier(m.Name) {
		l.wrong(name, "use letters, digits and underscores, and begin with a letter",
			"%q cannot be the name of a member", m.Name)
	}
	l.bind(m, owner+title(m.Name), n)
	kind := m.Target.Kind
	switch structured := kind.IsAggregate() || kind == spec.Document; {
	case kind == spec.Invalid:
	case isJSON(media) && structured:
	case isJSON(media):
		l.wrong(n, "use an object, or another content type", "%s cannot be a JSON body of its own", article(kind))
	case kind == spec.Blob || kind == spec.String || kind == spec.Enum:
		if media.Token() != plainMedia[kind] {
			m.MediaType = media.Token()
		}
	default:
		l.wrong(media, "use application/json", "%s cannot be sent as %s", article(kind), media.Token())
	}
	return m
}

// message makes the input or output of an operation from the members that travel
// outside of the body and the body. It returns nil when there are neither.
func (l *loader) message(name string, at tree.Value, outside []*spec.Member, b body, register bool) *spec.Shape {
	if len(outside) == 0 && b.shape == nil && len(b.members) == 0 {
		return nil
	}
	if b.shape != nil && b.shape.Name == name {
		if register {
			l.messages[b.shape] = len(outside) > 0
			b.shape.Members = l.join(outside, b.members)
		}
		return b.shape
	}
	shape := &spec.Shape{Pos: at.NamePos(), Name: name, Kind: spec.Structure, Members: l.join(outside, b.members)}
	if b.shape != nil {
		shape.Documentation = b.shape.Documentation
		l.targeted[b.shape] = true
	}
	if other := l.api.Shapes[name]; other != nil && register {
		l.ps.Add(shape.Pos, "rename the schema, or make it the body",
			"the operation's message would be named %s, like the schema at %s", name, other.Pos)
	} else if register {
		l.api.Shapes[name] = shape
	}
	return shape
}

// join puts the members of a body after the others. Members are copied, since a
// component may be the body of several messages.
func (l *loader) join(outside, inside []*spec.Member) []*spec.Member {
	all := outside
	for _, m := range inside {
		if clash := memberNamed(outside, m.Name); clash != nil {
			l.ps.Add(clash.Pos, "give one of them a name of its own with x-member",
				"the member would be named %s, like the one at %s", m.Name, m.Pos)
			continue
		}
		own := *m
		all = append(all, &own)
	}
	return all
}

// checkMessages reports components that became the input or output of an
// operation with members that do not travel in the body, and that other shapes
// refer to as well: they would send those members too.
func (l *loader) checkMessages() {
	for shape, extended := range l.messages {
		if extended && l.targeted[shape] {
			l.ps.Add(shape.Pos, "rename one of the two",
				"%s is a message with members outside of its body, and is referred to elsewhere as well", shape.Name)
		}
	}
}

// input makes an operation's input: its parameters, then the members of its body.
func (l *loader) input(
	op *spec.Operation, members []*spec.Member, ref *openapi3.RequestBodyRef, n tree.Value, register bool,
) *spec.Shape {
	name := op.Name + "Input"
	at, _ := l.component(n.Get("requestBody"))
	var b body
	if at.Exists() && ref != nil && ref.Value != nil {
		if !at.Get("content").Exists() && !at.Broken() {
			l.wrong(at, "say with content what it holds", "the request body has no content")
		}
		b = l.body(name, ref.Value.Content, at)
		for _, m := range b.members {
			if m.Location == spec.InPayload {
				m.Required = ref.Value.Required
				m.Documentation = cmp.Or(m.Documentation, ref.Value.Description)
			}
		}
	}
	shape := l.message(name, n, members, b, register)
	if shape != nil {
		shape.Input = true
	}
	return shape
}
