package plan

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// width is where comments are wrapped, slashes not counted.
const width = 77

// comment wraps paragraphs.
func comment(paragraphs ...string) []string { return doctext.Wrap(paragraphs, width) }

// described gives the paragraphs of a declaration's comment: the model's text,
// led by the declared name as Go's comments are, or a sentence in its place.
func described(name, doc, otherwise string) []string {
	paragraphs := doctext.Plain(doc)
	if len(paragraphs) == 0 {
		return []string{name + " " + otherwise + "."}
	}
	paragraphs[0] = led(name, paragraphs[0])
	return paragraphs
}

// verb matches the third person that most descriptions of operations begin with:
// "Gets a …".
var verb = regexp.MustCompile(`^[A-Z][a-z]+s (?:an?|the|all|one|information|details|whether|how|up|your|and|or|its|each|any|this|that|new|[a-z]+) `)

// led puts the name before a text so that both read as one sentence where that
// is possible: "Gets a run." becomes "GetRun gets a run.", "The run." becomes
// "Run is the run.".
func led(name, text string) string {
	first, _, _ := strings.Cut(text, " ")
	switch {
	case first == name:
		return text
	case first == "The" || first == "A" || first == "An":
		return name + " is " + lowerFirst(text)
	case verb.MatchString(text) && !strings.HasSuffix(first, "ss") && !plural[first]:
		return name + " " + lowerFirst(text)
	default:
		return name + ": " + text
	}
}

// plural are words that look like a verb and are none.
var plural = map[string]bool{
	"This": true, "Details": true, "Settings": true, "Properties": true, "Options": true, "Always": true,
	"Unless": true, "Users": true, "Tags": true, "Values": true, "Parameters": true, "Attributes": true, "Filters": true,
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[size:]
}

// deprecation is the paragraph that marks what should no longer be used.
func deprecation(d *spec.Deprecation) []string {
	if d == nil {
		return nil
	}
	message := strings.Join(doctext.Plain(d.Message), " ")
	if message == "" {
		message = "the service's model marks it as deprecated."
	}
	if d.Since != "" {
		message += " (since " + strings.Join(doctext.Plain(d.Since), " ") + ")"
	}
	return []string{"Deprecated: " + message}
}

func packageDoc(api *spec.API, title string) []string {
	lead := fmt.Sprintf("is a client of %s, API version %s.", strings.Join(doctext.Plain(title), " "), strings.Join(doctext.Plain(api.Version), " "))
	return comment(append([]string{lead}, doctext.Plain(api.Documentation)...)...)
}

func operationDoc(p *Operation, op *spec.Operation) []string {
	paragraphs := described(p.Name, op.Documentation, "calls the operation of that name")
	if len(p.Errors) > 0 {
		links := make([]string, len(p.Errors))
		for i, e := range p.Errors {
			links[i] = "[types." + e.Struct.Name + "]"
		}
		paragraphs = append(paragraphs, "Errors: "+strings.Join(links, ", ")+".")
	}
	return comment(append(paragraphs, deprecation(op.Deprecated)...)...)
}

func ioDoc(name, what string, s *spec.Shape) []string {
	op := strings.TrimSuffix(strings.TrimSuffix(name, "Input"), "Output")
	lead := fmt.Sprintf("%s is the %s of [Client.%s].", name, what, op)
	if s == nil {
		return comment(lead + " It has no members.")
	}
	return comment(append([]string{lead}, deprecation(s.Deprecated)...)...)
}

func structDoc(name string, s *spec.Shape) []string {
	return comment(append(described(name, s.Documentation, "is a structure that the service's model does not describe"), deprecation(s.Deprecated)...)...)
}

func errorDoc(name string, s *spec.Shape) []string {
	lead := name + " is an error of the service."
	paragraphs := doctext.Plain(s.Documentation)
	if len(paragraphs) > 0 {
		lead += " " + paragraphs[0]
		paragraphs = paragraphs[1:]
	}
	return comment(append(append([]string{lead}, paragraphs...), deprecation(s.Deprecated)...)...)
}

func enumDoc(name string, s *spec.Shape) []string {
	paragraphs := described(name, s.Documentation, "is an enumeration")
	return comment(append(paragraphs, deprecation(s.Deprecated)...)...)
}

func enumValueDoc(v spec.EnumValue) []string {
	return comment(append(doctext.Plain(v.Documentation), deprecation(v.Deprecated)...)...)
}

func unionDoc(u *Union, s *spec.Shape) []string {
	paragraphs := described(u.Name, s.Documentation, "is a union")
	lines := comment(append(paragraphs, "It is one of:")...)
	for _, v := range u.Variants {
		lines = append(lines, "  - ["+v.Name+"]")
	}
	lines = append(lines, "  - [UnknownUnionMember], for what this client does not know yet")
	if d := deprecation(s.Deprecated); d != nil {
		lines = append(append(lines, ""), comment(d...)...)
	}
	return lines
}

func variantDoc(name string, m *spec.Member) []string {
	return comment(append(described(name, m.Documentation, "is a variant of a union"), deprecation(m.Deprecated)...)...)
}

// fieldDoc describes a field; a required one ends with the sentence that the
// official SDK has there.
func fieldDoc(m *spec.Member) []string {
	doc := m.Documentation
	if doc == "" {
		doc = m.Target.Documentation
	}
	paragraphs := doctext.Plain(doc)
	if m.Required {
		paragraphs = append(paragraphs, "This member is required.")
	}
	return comment(append(paragraphs, deprecation(m.Deprecated)...)...)
}
