package lathe_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"example.com/lathe/internal/emit"
	"example.com/lathe/internal/plan"
	"example.com/lathe/spec"
	"example.com/lathe/templates"
)

// hostile is an API in which a text stands wherever a spec has free text.
func hostile(text string) *spec.API {
	str := &spec.Shape{Name: "Str", Kind: spec.String, Documentation: text}
	enum := &spec.Shape{Name: "Enum", Kind: spec.Enum, Documentation: text, EnumValues: []spec.EnumValue{
		{Name: "ONE", Value: text, Documentation: text, Deprecated: &spec.Deprecation{Message: text, Since: text}},
	}}
	union := &spec.Shape{Name: "Union", Kind: spec.Union, Documentation: text, Members: []*spec.Member{{Name: "variant", JSONName: text, Target: str, Documentation: text}}}
	nested := &spec.Shape{Name: "Nested", Kind: spec.Structure, Documentation: text, Members: []*spec.Member{{Name: "str", JSONName: text, Target: str, Documentation: text, Required: true}}}
	fault := &spec.Shape{Name: "Fault", Kind: spec.Structure, Documentation: text, Error: &spec.ErrorTraits{Code: text}}
	input := &spec.Shape{Name: "In", Kind: spec.Structure, Members: []*spec.Member{
		{Name: "query", Target: str, Location: spec.InQuery, LocationName: text, Documentation: text},
		{Name: "header", Target: str, Location: spec.InHeader, LocationName: text},
		{Name: "prefix", Target: &spec.Shape{Name: "M", Kind: spec.Map, Key: &spec.Member{Target: str}, Value: &spec.Member{Target: str}}, Location: spec.InPrefixHeaders, LocationName: text},
		{Name: "enum", JSONName: text, Target: enum}, {Name: "union", Target: union}, {Name: "nested", Target: nested},
	}}
	op := &spec.Operation{
		Name: "Do", Documentation: text, Deprecated: &spec.Deprecation{Message: text},
		HTTP: spec.HTTP{Method: "POST", URI: spec.URI{
			Source: text, Path: []spec.URIPart{{Literal: text}}, Query: []spec.QueryLiteral{{Key: text, Value: text}},
		}},
		Input: input, Output: nested, Errors: []*spec.Shape{fault},
	}
	return &spec.API{
		Name: "Svc", ID: text, Title: text, Version: text, Documentation: text, SigningName: text,
		Protocols: []spec.Protocol{spec.RestJSON1}, Auth: []spec.AuthScheme{spec.SigV4}, Operations: []*spec.Operation{op},
	}
}

// declarations renders an API and lists what its files declare and import.
func declarations(t *testing.T, text string) []string {
	t.Helper()
	p, err := plan.Build(hostile(text), plan.Config{Package: "client", ImportPath: "example.com/client", Runtime: "example.com/client/internal", Source: text})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	var all []string
	for _, f := range templates.Files(p) {
		if f.Runtime {
			continue
		}
		raw, err := f.Render()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		src, err := emit.Format(f.Path, raw)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if again, err := format.Source(src); err != nil || !bytes.Equal(again, src) {
			t.Errorf("%q: gofmt changes %s to\n%s\nerror: %v", text, f.Path, again, err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Path, src, parser.ParseComments)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		for _, imported := range file.Imports {
			all = append(all, f.Path+" import "+imported.Path.Value)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && !isEncoderName(id.Name) {
				all = append(all, f.Path+" "+id.Name)
			}
			return true
		})
		for _, group := range file.Comments {
			for _, c := range group.List {
				if isDirective(c.Text) {
					t.Errorf("%q became the directive %s", text, c.Text)
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isEncoderName reports whether an identifier is one of the two methods by which an
// encoder writes a member's name: with escapes, or without need of them.
func isEncoderName(name string) bool { return name == "Key" || name == "Name" }

// isDirective reports whether a comment means something to a tool.
func isDirective(comment string) bool {
	return strings.HasPrefix(comment, "/*") || strings.HasPrefix(comment, "//go:") || strings.HasPrefix(comment, "//line ") ||
		strings.HasPrefix(comment, "//export ") || strings.HasPrefix(comment, "// +build") || strings.HasPrefix(comment, "//nolint")
}

// FuzzStringSafety sees that no text of a spec becomes code: whatever it is, the
// emitted files parse and hold the same identifiers and imports.
func FuzzStringSafety(f *testing.F) {
	for _, seed := range []string{
		"plain", "*/", "/*", "a\nfunc init() { panic(1) }", "`", `"`, `\`, "//go:build ignore", "\n//go:embed x", "+build ignore", "//line x:1",
		"\r\nvar X = 1", "\x00", "\u2028var Y = 2", "%s%d%!", "{x}", "<script>alert(1)</script>", "&#10;func f() {}", "<pre>\n//go:generate rm\n</pre>",
		"* a\n* b\n\n\tcode",
		"<p>x</p><pre>\n{\n  \"a\": 1\n}\n</pre><p>y</p>", "<p>x</p><ul><li>a</li></ul><pre>b</pre>", "<pre>a\nb</pre>", "<h2>A</h2><p><a href=\"https://a.b\">c</a></p>", "Deprecated: x", "[types.Foo]: http://x", "package main", "\xff\xfe", "# Heading", "```go\nfunc x()\n```", strings.Repeat("long ", 2000),
	} {
		f.Add(seed)
	}
	want := []string(nil)
	f.Fuzz(func(t *testing.T, text string) {
		if want == nil {
			want = declarations(t, "Text")
		}
		if got := declarations(t, text); !slices.Equal(got, want) {
			t.Errorf("%q changed what the files declare:\n%v\n%v", text, got, want)
		}
	})
}
