package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// described returns a declaration's description: the model's text, led by the
// declared name as Go's comments are, or by a sentence where the text does not begin
// with one.
func described(name, doc, otherwise string) doctext.Doc {
	return doctext.Parse(doc).Led(func(first string) string {
		if first == "" {
			return name + " " + otherwise + "."
		}
		return led(name, first)
	})
}

// verb matches the third person that most descriptions of operations begin with:
// "Gets a …".
var verb = regexp.MustCompile(
	`^[A-Z][a-z]+s (?:an?|the|all|one|information|details|whether|how|up|your|and|or|its|each|any|this|that|new) |^[A-Z][a-z]+s \[?[a-z][\w-]*\]?(?:[ .,]|$)`)

// led puts the name before a text so that both read as one sentence where that
// is possible: "Gets a run." becomes "GetRun gets a run.", "The run." becomes
// "Run is the run.", "The GetRun operation gets a run." "GetRun gets a run.".
func led(name, text string) string {
	first, rest, _ := strings.Cut(text, " ")
	isNamed := first == "The" || first == "A" || first == "An"
	switch {
	case first == name:
		return text
	case isNamed && isOwnSentence(name, rest):
		return name + " " + ownSentence.FindStringSubmatch(rest)[2]
	case isNamed && !isSentence(rest):
		return name + " is " + lowerFirst(text)
	case verb.MatchString(text) && !strings.HasSuffix(first, "ss") && !plural[first]:
		return name + " " + lowerFirst(text)
	default:
		return name + ": " + text
	}
}

// ownSentence matches a name, what it is, and what is said of it from the verb on.
var ownSentence = regexp.MustCompile(
	`^(\w+) (?:(?:API )?(?:action|API|call|operation|request) |(?:data type|object|structure|type|union) )?` +
		`((?:` + strings.Join(finite, "|") + `|[a-z]+[^us]s) .*)$`)

// isOwnSentence reports whether a text behind its article is a sentence whose subject is
// the name itself.
func isOwnSentence(name, text string) bool {
	m := ownSentence.FindStringSubmatch(text)
	return m != nil && strings.EqualFold(m[1], name)
}

// finite are verbs that nouns seldom look like, and openers what may begin a clause of its own.
var (
	finite = strings.Fields("is are was were has have can must should may might will does do " +
		"allows consists contains creates defines deletes describes determines enables gets identifies includes indicates " +
		"provides removes represents returns specifies")
	openers = strings.Fields("that which who whose where when if because while to you we it they")
)

// isSentence reports whether a text behind its article has a verb of its own, as far as
// that can be seen: "value is a number", not "value that is a number".
func isSentence(text string) bool {
	words := strings.Split(text, " ")
	for i, word := range words[:len(words)-1] {
		switch {
		case i > 0 && slices.Contains(finite, word):
			return true
		case i > 0 && slices.Contains(openers, word), !isWord(word):
			return false
		}
	}
	return false
}

// isWord reports whether a text has only letters, digits and what joins them.
func isWord(text string) bool {
	isOther := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_'’-", r)
	}
	return text != "" && !strings.ContainsFunc(text, isOther)
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

// deprecation returns the paragraph that marks what should no longer be used.
func deprecation(d *spec.Deprecation) []string {
	if d == nil {
		return nil
	}
	return []string{doctext.Deprecation(d.Message, d.Since)}
}

// maxNamed is how many operations the package's description names. Of more it has the
// number: how many the service has is nothing that a client depends on.
const maxNamed = 10

func packageDoc(api *spec.API, p *Package) []string {
	lead := fmt.Sprintf("Package %s is a client of %s, API version %s, with ", p.Name, doctext.Text(p.Service.Title),
		doctext.Text(api.Version))
	var links []string
	for _, op := range p.Operations {
		links = append(links, "[Client."+op.Name+"]")
	}
	last := len(links) - 1
	switch {
	case len(links) > maxNamed:
		lead += fmt.Sprintf("%d operations.", len(links))
	case len(links) > 1:
		lead += "the operations " + strings.Join(links[:last], ", ") + " and " + links[last] + "."
	default:
		lead += "the operation " + strings.Join(links, "") + "."
	}
	about := doctext.Parse(fullName.ReplaceAllString(api.Documentation, ""))
	if len(about.Blocks) > 0 {
		about = about.Under("The service's own description may name others:")
	}
	return about.Under(lead).Comment()
}

// fullName matches the service's name that many a description begins with.
var fullName = regexp.MustCompile(`(?is)^\s*<fullname>.*?</fullname>`)

func operationDoc(p *Operation, op *spec.Operation) []string {
	doc := described(p.Name, op.Documentation, "calls the operation of that name")
	if len(p.Errors) > 0 {
		links := make([]string, len(p.Errors))
		for i, e := range p.Errors {
			links[i] = "[types." + e.Struct.Name + "]"
		}
		doc = doc.With("Errors: " + strings.Join(links, ", ") + ".")
	}
	return doc.Comment(deprecation(op.Deprecated)...)
}

func ioDoc(name, what string, s *spec.Shape) []string {
	op := strings.TrimSuffix(strings.TrimSuffix(name, "Input"), "Output")
	lead := fmt.Sprintf("%s is the %s of [Client.%s].", name, what, op)
	if s == nil {
		return doctext.Of(lead + " It has no members.").Comment()
	}
	return doctext.Of(lead).Comment(deprecation(s.Deprecated)...)
}

func eventStreamDoc(es *EventStream, p *Operation) []string {
	lead := fmt.Sprintf("%s is the event stream of [Client.%s]. It must be closed. For tests, %s makes one of readers and writers of their own.", es.Name, p.Name, es.New)
	return doctext.Of(lead).Comment()
}

func replyDoc(name, promise string) []string {
	return doctext.Of(fmt.Sprintf("%s is the service's first answer, which %s.GetInitialReply waits for.", name,
		promise)).Comment()
}

func structDoc(name string, s *spec.Shape) []string {
	doc := described(name, s.Documentation, "is a structure that the service's model does not describe")
	return doc.Comment(deprecation(s.Deprecated)...)
}

func errorDoc(name string, s *spec.Shape) []string {
	doc := doctext.Parse(s.Documentation).Led(func(first string) string {
		return name + " is an error of the service. " + first
	})
	return doc.Comment(deprecation(s.Deprecated)...)
}

func enumDoc(name string, s *spec.Shape) []string {
	return described(name, s.Documentation, "is an enumeration").Comment(deprecation(s.Deprecated)...)
}

func enumValueDoc(v spec.EnumValue) []string {
	return doctext.Parse(v.Documentation).Comment(deprecation(v.Deprecated)...)
}

func unionDoc(u *Union, s *spec.Shape) []string {
	var variants []string
	for _, v := range u.Variants {
		variants = append(variants, "["+v.Name+"]")
	}
	variants = append(variants, "[UnknownUnionMember], for what this client does not know yet")
	doc := described(u.Name, s.Documentation, "is a union").With("It is one of:").WithList(variants...)
	return doc.Comment(deprecation(s.Deprecated)...)
}

func variantDoc(name string, m *spec.Member) []string {
	return described(name, m.Documentation, "is a variant of a union").Comment(deprecation(m.Deprecated)...)
}

// fieldDoc describes a field; a required one ends with the sentence that the
// official SDK has there.
func fieldDoc(m *spec.Member) []string {
	text := m.Documentation
	if text == "" {
		text = m.Target.Documentation
	}
	doc := doctext.Parse(text)
	if m.Required {
		doc = doc.With("This member is required.")
	}
	return doc.Comment(deprecation(m.Deprecated)...)
}

func apiClientDoc(p *Operation) []string {
	return doctext.Of(fmt.Sprintf("%s is a client with the operation %s: a [Client], or one of a test.", p.APIClient,
		p.Name)).Comment()
}

// paginatorDocs describe the type of a paginator, the function that makes one, and its
// options.
func paginatorDocs(p *Operation) (own, constructor, options []string) {
	pages := p.Paginator
	return doctext.Of(fmt.Sprintf("%s walks the pages of the result of [Client.%s].", pages.Name, p.Name)).Comment(),
		doctext.Of(pages.New + " returns a paginator that begins with the page that params ask for; they may be nil.").
			Comment(),
		doctext.Of(fmt.Sprintf("%s are the options of a [%s].", pages.Options, pages.Name)).Comment()
}

// waiterDocs describe a waiter and what belongs to it.
func waiterDocs(w *Waiter, p *Operation, model *spec.Waiter) WaiterDocs {
	own := described(w.Name, model.Documentation, "waits for what the model calls "+w.Label)
	return WaiterDocs{
		Type: own.With(fmt.Sprintf("It calls [Client.%s] until then.", p.Name)).
			Comment(deprecation(model.Deprecated)...),
		New: doctext.Of(w.New + " returns a waiter with the delays of the model, unless the functions change them.").
			Comment(deprecation(model.Deprecated)...),
		Options: doctext.Of(fmt.Sprintf(
			"%s are the options of a [%s], and of a single wait.", w.Options, w.Name)).Comment(),
		MinDelay: doctext.Of(fmt.Sprintf(
			"MinDelay is the shortest delay between two calls, %d s by default. It must not be more than MaxDelay.",
			w.MinDelay)).Comment(),
		MaxDelay:  doctext.Of(fmt.Sprintf("MaxDelay is the longest delay; zero is %d s.", w.MaxDelay)).Comment(),
		Retryable: doctext.Of(w.Retryable + " decides by the output or the error of a call whether to call again.").Comment(),
	}
}

// limitDoc describes the limit of a paginator by the member that it fills.
func limitDoc(m *spec.Member) []string {
	text := m.Documentation
	if text == "" {
		text = m.Target.Documentation
	}
	return doctext.Parse(text).
		Under("Limit is how many items a page has at most; zero leaves that to the service.").Comment()
}
