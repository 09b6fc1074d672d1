package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/dave/jennifer/jen"

	"example.com/lathe/internal/gocode"
	"example.com/lathe/internal/plan"
)

// Render writes the test of a suite for the client that was planned of its model: a file of
// package name, in which suites can stand beside one another. Each case is a subtest. harness
// is the import path of package harness.
func Render(s *Suite, p *plan.Package, name, harness string) ([]byte, error) {
	f := gocode.File(name, name, s.Name)
	r := renderer{literals: literals{p: p, harness: harness}, suite: s, op: p.Operations[0]}
	var cases []jen.Code
	for _, c := range s.Cases {
		body, err := r.body(c)
		if err != nil {
			return nil, fmt.Errorf("%s, %s: %w", s.Name, c.ID, err)
		}
		cases = append(cases, jen.Id("t").Dot("Run").Call(jen.Lit(c.TestName()), jen.Func().Params(test()).Block(body...)))
	}
	f.Func().Id(s.TestName()).Params(test()).Block(cases...)
	var buf bytes.Buffer
	err := f.Render(&buf)
	return buf.Bytes(), err
}

// test is the parameter of a test.
func test() *jen.Statement { return jen.Id("t").Op("*").Qual("testing", "T") }

type renderer struct {
	literals
	suite *Suite
	op    *plan.Operation
}

func (r *renderer) body(c Case) ([]jen.Code, error) {
	switch c.Kind {
	case "request":
		return r.request(c)
	case "response":
		return r.response(c)
	case "error":
		return r.error(c)
	case "failure":
		return r.failure(c)
	default:
		return nil, fmt.Errorf("unknown kind %q", c.Kind)
	}
}

// client returns statements that make a client whose HTTP client is
// harness.New<kind>(…).
func (r *renderer) client(transport *jen.Statement) []jen.Code {
	endpoint := r.suite.ClientEndpoint
	if endpoint == "" {
		endpoint = "https://example.com"
	}
	return []jen.Code{
		jen.Id("transport").Op(":=").Add(transport),
		jen.Id("client").Op(":=").Qual(r.p.ImportPath, "New").Call(jen.Qual(r.p.ImportPath, "Options").Values(
			jen.Line().Id("APIOptions").Op(":").Qual(r.harness, "Hooks").Call(),
			jen.Line().Id("Region").Op(":").Lit("us-east-1"),
			jen.Line().Id("Credentials").Op(":").Qual(r.harness, "Credentials").Call(),
			jen.Line().Id("BaseEndpoint").Op(":").New(jen.Lit(endpoint)),
			jen.Line().Id("HTTPClient").Op(":").Id("transport"),
			jen.Line().Id("Retryer").Op(":").Qual(gocode.AWS, "NopRetryer").Values(),
			jen.Line().Id("IdempotencyTokenProvider").Op(":").Qual(r.harness, "Tokens").Values(),
			jen.Line(),
		)),
	}
}

// call returns client.<Op>(ctx, in).
func (r *renderer) call(in *jen.Statement) *jen.Statement {
	return jen.Id("client").Dot(r.op.Name).Call(jen.Id("t").Dot("Context").Call(), in)
}

func (r *renderer) request(c Case) ([]jen.Code, error) {
	in, err := r.structure(r.op.Input, c.Params)
	if err != nil {
		return nil, err
	}
	statements := r.client(jen.Qual(r.harness, "Record").Call())
	return append(statements,
		// The answer is empty, which some outputs can't be read from.
		jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(r.call(in)),
		jen.Id("transport").Dot("Check").Call(jen.Id("t"), jen.Err(), jen.Lit(string(c.Want))),
	), nil
}

func (r *renderer) answer(c Case) *jen.Statement {
	headers := jen.Dict{}
	for _, name := range slices.Sorted(maps.Keys(c.Response.Headers)) {
		headers[jen.Lit(name)] = jen.Lit(c.Response.Headers[name])
	}
	return jen.Qual(r.harness, "Answer").Call(
		jen.Lit(c.Response.StatusCode), jen.Map(jen.String()).String().Values(headers), jen.Lit(c.Response.Body),
	)
}

func (r *renderer) response(c Case) ([]jen.Code, error) {
	var values map[string]any
	if err := decode(c.Want, &values); err != nil {
		return nil, err
	}
	// Headers can't tell an empty map from none, which is what Go clients have then.
	for _, b := range r.op.Response.PrefixHeaders {
		if m, ok := values[b.Field.Member].(map[string]any); ok && len(m) == 0 {
			delete(values, b.Field.Member)
		}
	}
	want, err := r.structure(r.op.Output, values)
	if err != nil {
		return nil, err
	}
	return append(r.client(r.answer(c)),
		jen.List(jen.Id("got"), jen.Err()).Op(":=").
			Add(r.call(jen.Qual(r.harness, "Filled").Types(gocode.Name(r.op.Input.Type)).Call())),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		jen.Qual(r.harness, "Equal").Call(jen.Id("t"), jen.Id("got"), want),
	), nil
}

func (r *renderer) error(c Case) ([]jen.Code, error) {
	var want WantError
	if err := decode(c.Want, &want); err != nil {
		return nil, err
	}
	codes := append(r.suite.shapesOf(want.Code), want.Code)
	at := slices.IndexFunc(r.op.Errors, func(e *plan.ErrorDecoder) bool { return slices.Contains(codes, e.Code) })
	if at < 0 {
		return nil, fmt.Errorf("the operation has no error %s", want.Code)
	}
	kind := r.op.Errors[at].Struct.Type
	structure := r.p.Structs[slices.IndexFunc(r.p.Structs, func(s *plan.Struct) bool { return s.Name == kind.Name })]
	members := maps.Clone(want.Members)
	if want.Message != nil {
		for _, f := range structure.Fields {
			if f.Name == "Message" {
				members[f.Member] = *want.Message
			}
		}
	}
	literal, err := r.structure(structure, members)
	if err != nil {
		return nil, err
	}
	return append(r.client(r.answer(c)),
		jen.List(jen.Id("_"), jen.Err()).Op(":=").
			Add(r.call(jen.Qual(r.harness, "Filled").Types(gocode.Name(r.op.Input.Type)).Call())),
		jen.Var().Id("got").Op("*").Add(gocode.Name(kind)),
		jen.If(jen.Op("!").Qual("errors", "As").Call(jen.Err(), jen.Op("&").Id("got"))).Block(
			jen.Id("t").Dot("Fatalf").Call(jen.Lit("error is %v, want a %T"), jen.Err(), jen.Id("got")),
		),
		jen.If(jen.Id("code").Op(":=").Id("got").Dot("ErrorCode").Call(), jen.Id("code").Op("!=").Lit(want.Code)).Block(
			jen.Id("t").Dot("Errorf").Call(jen.Lit("code %q"), jen.Id("code")),
		),
		jen.Qual(r.harness, "Equal").Call(jen.Id("t"), jen.Id("got"), literal),
	), nil
}

func (r *renderer) failure(c Case) ([]jen.Code, error) {
	var want WantFailure
	if err := decode(c.Want, &want); err != nil {
		return nil, err
	}
	return append(r.client(r.answer(c)),
		jen.List(jen.Id("_"), jen.Err()).Op(":=").
			Add(r.call(jen.Qual(r.harness, "Filled").Types(gocode.Name(r.op.Input.Type)).Call())),
		jen.Qual(r.harness, "Fails").Call(jen.Id("t"), jen.Err(), jen.Lit(want.Text)),
	), nil
}

func marshal(x any) string {
	text, err := json.Marshal(x)
	if err != nil {
		panic(err) // it was read from JSON
	}
	return string(text)
}
