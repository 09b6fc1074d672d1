package plan

import (
	"fmt"
	"strings"
	"unicode"

	"example.com/lathe/internal/doctext"
	"example.com/lathe/spec"
)

// Example is the plan of a function that shows a call.
type Example struct {
	Func string
	// Doc is the comment, lines without slashes.
	Doc       []string
	Operation *Operation
	Input     *Literal
	// Output is what the service returns, lines of JSON; nil for nothing.
	Output []string
	// Error is the error that the call ends with; nil for none.
	Error *Struct
}

// exampleVars are the variables of examples, which are no names for a package there.
var exampleVars = []string{"cfg", "client", "out", "err"}

// maxExample is how many letters of a title become part of a name.
const maxExample = 60

// examples plans the functions that show calls of an operation. An example that does not
// fit the model costs a warning, and nothing else.
func (b *builder) examples(p *Operation) {
	if p.Events != nil {
		return // a stream of events is no value
	}
	for _, model := range p.Spec.Examples {
		e, problem := b.example(p, model)
		if problem != nil {
			b.pkg.Warnings.Add(model.Pos, "", "an example of %s is left out: %v", p.Spec.Name, problem)
			continue
		}
		b.pkg.Examples = append(b.pkg.Examples, e)
	}
}

func (b *builder) example(p *Operation, model spec.Example) (*Example, error) {
	e := &Example{Operation: p}
	var err error
	input := &literals{b: b, complete: model.Constraints}
	if e.Input, err = input.object(p.Input.Fields, orEmpty(model.Input), "input"); err != nil {
		return nil, err
	}
	e.Input.Value = &Value{Kind: KindStructure, Type: p.Input.Type}
	output := &literals{b: b}
	if model.Error != "" {
		if e.Error = b.errorOf(p, model.Error); e.Error == nil {
			return nil, fmt.Errorf("it ends with %s, which is no error of the operation", model.Error)
		}
	} else if _, err := output.object(p.Output.Fields, orEmpty(model.Output), "output"); err != nil {
		return nil, err
	}
	if model.Output != nil && len(p.Output.Fields) > 0 {
		e.Output = indented(model.OutputText)
	}
	e.Func = b.exampleName(p, model.Title)
	e.Doc = doctext.Of(doctext.Text(model.Title)).With(doctext.Text(model.Documentation)).Comment()
	return e, nil
}

func orEmpty(v any) any {
	if v == nil {
		return map[string]any{}
	}
	return v
}

func (b *builder) errorOf(p *Operation, name string) *Struct {
	for _, e := range p.Spec.AllErrors(b.api) {
		if e.Name == name {
			return b.structure(e)
		}
	}
	return nil
}

// exampleName is the name of an example: go vet knows the method in front, and takes a
// suffix that begins with a small letter.
func (b *builder) exampleName(p *Operation, title string) string {
	stem := "ExampleClient_" + p.Name + "_"
	if strings.Contains(p.Name, "_") { // go vet would take the rest for the suffix
		stem = "Example_"
	}
	return b.exampleNames.Free(stem + exampleSuffix(title))
}

// exampleSuffix makes a suffix of the words of a title: toCreateATable.
func exampleSuffix(title string) string {
	var s strings.Builder
	isBetween := func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for word := range strings.FieldsFuncSeq(title, isBetween) {
		switch {
		case s.Len()+len(word) > maxExample:
			continue
		case s.Len() == 0:
			s.WriteString(strings.ToLower(word))
		default:
			s.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	if suffix := s.String(); suffix != "" && unicode.IsLower(rune(suffix[0])) {
		return suffix
	}
	return "example" + s.String()
}
