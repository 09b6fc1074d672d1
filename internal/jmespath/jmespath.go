// Package jmespath compiles JMESPath (https://jmespath.org/specification.html) to Go
// over the types of a client. A kept library parses the language, with what its
// community has added: arithmetic, let expressions, the root. An expression is
// type-checked against the model, and becomes statements near Go and a value.
//
// What differs from an interpreter over JSON: a call of a function that the language
// makes an error, as of a null argument, has no value. Absent and null are one.
package jmespath

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jmespath-community/go-jmespath/pkg/parsing"

	"example.com/lathe/spec"
)

// Names knows the Go names of a client.
type Names interface {
	// Type returns the Go type of a structure, union or enum.
	Type(s *spec.Shape) *GoType
	// Field returns the field of a structure that holds a member, and whether it is a
	// pointer to a value that is not one otherwise.
	Field(owner *spec.Shape, m *spec.Member) (name string, pointer bool)
	// Variant returns the Go type that holds a member of a union as its Value.
	Variant(union *spec.Shape, m *spec.Member) *GoType
}

// Code is a compiled expression.
type Code struct {
	// Stmts come before the value is looked at.
	Stmts []*Stmt
	// Present are the conditions, all of which must hold in their order for the
	// expression to have a value.
	Present []Expr
	// Guards are those of them without which X can't be looked at; where they hold,
	// X is nil or its zero value if there is no value.
	Guards []Expr
	// X is the value where there is one; Pointer means that it is a pointer to it.
	X       Expr
	Pointer bool
	// Kind is the kind of the value, Type its Go type without the pointer.
	Kind Kind
	Type *GoType
}

// Kind is a type of JMESPath.
type Kind uint8

// The kinds of values. Opaque ones have no parts that a path could select:
// timestamps, blobs, documents.
const (
	Null Kind = iota
	Boolean
	Number
	Text
	List
	Map       // an object with keys that the model does not name
	Structure // an object of the model
	Record    // an object that the expression makes
	Union
	Opaque
)

// String returns the kind as messages name it.
func (k Kind) String() string {
	return [...]string{
		"null", "boolean", "number", "string", "list", "map", "structure", "object", "union", "value without parts",
	}[k]
}

// Error is a problem of an expression.
type Error struct {
	// Expression is the whole expression, Offset the byte in it that the message is
	// about.
	Expression string
	Offset     int
	Message    string
}

// Error returns "<message> (at column <n> of <expression>)".
func (e *Error) Error() string {
	return fmt.Sprintf("%s (at column %d of %s)", e.Message, e.Offset+1, e.Expression)
}

// Root is a Go variable that expressions look at.
type Root struct {
	Var string
	// Shape is a structure; the variable is a pointer to it, which is not nil.
	Shape *spec.Shape
}

// Scope compiles the expressions of one Go function. Names of variables are not used
// twice in it.
type Scope struct {
	names Names
	types map[*spec.Shape]*typ
	// count is how many variables have a name.
	count *int
	root  val
	// emptyEnums says that the empty string is a value of an enum.
	emptyEnums bool
}

// NewScope returns a scope whose expressions look at a variable.
func NewScope(names Names, root Root) *Scope {
	s := &Scope{names: names, types: map[*spec.Shape]*typ{}, count: new(int)}
	s.root = val{x: variable(root.Var), t: s.typeOf(root.Shape), ptr: true, there: true}
	return s
}

// KeepEmptyEnums has the empty string be a value of enums, and not null: that is how the
// official packages read the expressions of waiters. It comes before any expression.
func (s *Scope) KeepEmptyEnums() { s.emptyEnums = true }

// Pair returns a scope of the same function whose expressions look at an object of
// several variables, as those of waiters at {input, output}.
func (s *Scope) Pair(roots map[string]Root) *Scope {
	pair := *s
	record := &typ{kind: Record}
	for _, key := range sorted(roots) {
		member := val{x: variable(roots[key].Var), t: s.typeOf(roots[key].Shape), ptr: true, there: true}
		record.fields = append(record.fields, recordField{key: key, fixed: &member})
	}
	pair.root = val{t: record, there: true}
	return &pair
}

// Value compiles an expression. The error is an [*Error].
func (s *Scope) Value(expression string) (*Code, error) {
	return s.compile(expression, func(c *compiler, n node) val { return c.value(n, s.root) })
}

// Condition compiles an expression to a Go condition, X: whether its value is true in
// the sense of JMESPath.
func (s *Scope) Condition(expression string) (*Code, error) {
	return s.compile(expression, func(c *compiler, n node) val { return c.boolean(c.condition(n, s.root)) })
}

// Strings compiles an expression to a Go slice of strings, nil for none: those that a
// list has, in order and without nulls.
func (s *Scope) Strings(expression string) (*Code, error) {
	return s.compile(expression, func(c *compiler, n node) val { return c.texts(n, s.root) })
}

// maxExpression is how many bytes an expression may have.
const maxExpression = 1024

func (s *Scope) compile(expression string, value func(*compiler, node) val) (code *Code, err error) {
	n, err := parse(expression)
	if err != nil {
		return nil, err
	}
	c := &compiler{scope: s, vars: map[string]val{}}
	code = &Code{}
	c.out = &code.Stmts
	defer func() {
		if failed, ok := recover().(failure); ok {
			code, err = nil, &Error{expression, failed.at, failed.message}
		}
	}()
	v := value(c, n)
	code.Guards = v.guards
	code.Present, code.X, code.Pointer, code.Kind, code.Type = c.present(v), v.x, v.ptr, v.t.kind, v.t.goType
	code.tidy()
	return code, nil
}

// failure is what the compiler panics with; compile turns it into an error.
type failure struct {
	at      int
	message string
}

func fail(n node, format string, args ...any) {
	panic(failure{n.at, fmt.Sprintf(format, args...)})
}

// parse reads an expression.
func parse(expression string) (node, error) {
	switch {
	case len(expression) > maxExpression:
		start := strings.ToValidUTF8(expression[:40], "")
		return node{}, &Error{start, 0, fmt.Sprintf("an expression has at most %d bytes", maxExpression)}
	case !utf8.ValidString(expression):
		return node{}, &Error{strings.ToValidUTF8(expression, "\uFFFD"), 0, "an expression is UTF-8"}
	}
	tree, err := parseTree(expression)
	if err != nil {
		problem := &Error{Expression: expression, Message: syntaxMessage(err)}
		if syntax := (parsing.SyntaxError{}); errors.As(err, &syntax) {
			problem.Offset = max(0, min(syntax.Offset, len(expression)))
		}
		return node{}, problem
	}
	return located(tree, expression), nil
}

// parseTree calls the library, which panics on some texts that are no expressions.
func parseTree(expression string) (tree parsing.ASTNode, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("it is no expression")
		}
	}()
	return parsing.NewParser().Parse(expression)
}

// tokenPattern matches the library's names of tokens.
var tokenPattern = regexp.MustCompile(`TOK[A-Z]\w*`)

// syntaxMessage is the library's message in the words of ours.
func syntaxMessage(err error) string {
	text := strings.TrimPrefix(err.Error(), "SyntaxError: ")
	text = tokenPattern.ReplaceAllStringFunc(text, func(token string) string {
		var words strings.Builder
		for i, r := range strings.TrimPrefix(token, "TOK") {
			if i > 0 && unicode.IsUpper(r) {
				words.WriteByte(' ')
			}
			words.WriteRune(unicode.ToLower(r))
		}
		return words.String()
	})
	return strings.ToLower(text[:1]) + text[1:]
}
