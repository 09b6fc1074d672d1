package plan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"example.com/lathe/internal/jmespath"
	"example.com/lathe/internal/naming"
	"example.com/lathe/spec"
)

// Waiter is the plan of the type that waits until an operation's output says something.
type Waiter struct {
	// Name is that of the type, New that of the function that makes one, Options that of
	// its options, and Retryable that of the function which judges what a call returned.
	Name, New, Options, Retryable string
	// Model is the waiter's name in the model, Label that in errors.
	Model, Label string
	Docs         WaiterDocs
	// MinDelay and MaxDelay are in seconds.
	MinDelay, MaxDelay int
	// OnOutput are looked at where a call returned an output, OnError where it returned an
	// error. The first test that holds decides; without one an output is looked for again,
	// and an error ends the wait.
	OnOutput, OnError []WaiterTest
	// UsesInput reports whether the input is looked at as well.
	UsesInput bool
}

// WaiterDocs are the comments of what belongs to a waiter.
type WaiterDocs struct{ Type, New, Options, MinDelay, MaxDelay, Retryable []string }

// WaiterTest is what a waiter looks at, and what follows.
type WaiterTest struct {
	Kind TestKind
	// Code is the value that texts and flags are compared with.
	Code *jmespath.Code
	// Error is the type of errors of kind ErrorIs.
	Error *Struct
	Cases []WaiterCase
}

// WaiterCase is what follows of one value: a text, or a code, or true for a flag.
type WaiterCase struct {
	Text    string
	Flag    bool
	Outcome Outcome
}

// TestKind is what a test of a waiter looks at.
type TestKind uint8

// The kinds of tests.
const (
	Always      TestKind = iota // nothing: its only case holds
	TextIs                      // a string or an enum
	FlagIs                      // a boolean
	AllTexts                    // all elements of a list of strings, of which there must be one
	AnyText                     // some element of a list of strings
	ErrorIs                     // the type of an error
	ErrorCodeIs                 // the code of an error of the service
)

// Outcome is what becomes of a wait.
type Outcome uint8

// The outcomes.
const (
	Again Outcome = iota
	Success
	Failure
)

var outcomes = map[string]Outcome{"retry": Again, "success": Success, "failure": Failure}

// Smithy's defaults for the delays of waiters, in seconds.
const (
	defaultMinDelay = 2
	defaultMaxDelay = 120
)

// nameWaiter makes the names of a waiter. Two waiters of one name are a problem, since
// both have to keep it.
func (b *builder) nameWaiter(w *spec.Waiter, op *spec.Operation, p *Operation) {
	stem := naming.Exported(w.Name)
	if other := b.waiting[stem]; other != nil {
		b.problems.Add(w.Pos, "rename one of them", "waiter %s of %s has the Go name %s, like one of %s", w.Name,
			op.Name, stem, other.Name)
		return
	}
	b.waiting[stem] = op
	p.Waiters = append(p.Waiters, &Waiter{
		Model: w.Name, Label: stem, Name: b.root.Free(stem + "Waiter"), New: b.root.Free("New" + stem + "Waiter"),
		Options:   b.root.Free(stem + "WaiterOptions"),
		Retryable: b.private.Free(lowerFirst(stem) + "StateRetryable"),
	})
}

// waiters completes the plans of an operation's waiters. One that can't be compiled is
// left out with a warning: the operation can be called all the same.
func (b *builder) waiters(op *spec.Operation, p *Operation) {
	if len(p.Waiters) != len(op.Waiters) {
		return // two of one name, which is a problem already
	}
	p.Waiters = slices.DeleteFunc(p.Waiters, func(w *Waiter) bool {
		model := &op.Waiters[slices.IndexFunc(op.Waiters, func(m spec.Waiter) bool { return m.Name == w.Model })]
		c := newWaiterCompiler(b, op, p, w)
		for _, a := range model.Acceptors {
			c.acceptor(&a)
		}
		for _, problem := range c.problems {
			b.pkg.Warnings.Add(problem.Pos, problem.Hint, "there is no waiter %s of %s: %s", model.Name, op.Name,
				problem.Message)
		}
		w.MinDelay = cmp.Or(model.MinDelay, defaultMinDelay)
		w.MaxDelay = cmp.Or(model.MaxDelay, max(defaultMaxDelay, w.MinDelay))
		w.Docs = waiterDocs(w, p, model)
		return len(c.problems) > 0
	})
	b.pkg.Needs.Waiters = b.pkg.Needs.Waiters || len(p.Waiters) > 0
}

// The variables of the function that judges what a call returned.
const (
	waiterInput  = "input"
	waiterOutput = "output"
)

// waiterCompiler compiles the acceptors of a waiter.
type waiterCompiler struct {
	*builder

	op *spec.Operation
	w  *Waiter
	// output looks at the output alone, both at {input, output}; nil where there are none.
	output, both *jmespath.Scope
	// last is what the last test on an output looks at, and known are the values of those
	// before, whose statements stand in the function already.
	last     lookedAt
	known    map[lookedAt]*jmespath.Code
	problems spec.Problems
}

// lookedAt is what a test looks at.
type lookedAt struct {
	matcher, path string
	kind          TestKind
}

func newWaiterCompiler(b *builder, op *spec.Operation, p *Operation, w *Waiter) *waiterCompiler {
	c := &waiterCompiler{builder: b, op: op, w: w, known: map[lookedAt]*jmespath.Code{}}
	if op.Output == nil {
		return c
	}
	names := ioNames{ioNames{b, op.Output, p.Output}, op.Input, p.Input}
	output := jmespath.Root{Var: waiterOutput, Shape: op.Output}
	c.output = jmespath.NewScope(names, output)
	c.output.KeepEmptyEnums()
	if op.Input != nil {
		c.both = c.output.Pair(map[string]jmespath.Root{"input": {Var: waiterInput, Shape: op.Input}, "output": output})
	}
	return c
}

// acceptor adds the test of an acceptor.
func (c *waiterCompiler) acceptor(a *spec.Acceptor) {
	outcome, known := outcomes[a.State]
	if !known {
		c.problems.Add(a.Pos, "use success, failure or retry", "state %q is not known", a.State)
		return
	}
	switch a.Matcher {
	case "success":
		onto := &c.w.OnError
		if a.Expected == "true" {
			onto = &c.w.OnOutput
		}
		*onto = append(*onto, WaiterTest{Kind: Always, Cases: []WaiterCase{{Outcome: outcome}}})
	case "errorType":
		c.w.OnError = append(c.w.OnError, c.errorTest(a.Expected, outcome))
	case "output":
		c.path(a, c.output, outcome)
	case "inputOutput":
		c.w.UsesInput = true
		c.path(a, c.both, outcome)
	default:
		c.problems.Add(a.Pos, "use output, inputOutput, errorType or success", "matcher %q is not known", a.Matcher)
	}
}

// errorTest looks for an error of the operation by its name, in any case, and for others
// by the code, as the official packages do.
func (c *waiterCompiler) errorTest(name string, outcome Outcome) WaiterTest {
	for _, e := range c.op.AllErrors(c.api) {
		if strings.EqualFold(e.Name, name) {
			return WaiterTest{Kind: ErrorIs, Error: c.structure(e), Cases: []WaiterCase{{Outcome: outcome}}}
		}
	}
	return WaiterTest{Kind: ErrorCodeIs, Cases: []WaiterCase{{Text: name, Outcome: outcome}}}
}

// comparators are what the comparators of paths look at.
var comparators = map[string]TestKind{
	"stringEquals": TextIs, "booleanEquals": FlagIs, "allStringEquals": AllTexts, "anyStringEquals": AnyText,
}

// path adds the test of what a path leads to, to the test before where that looks at the
// same.
func (c *waiterCompiler) path(a *spec.Acceptor, scope *jmespath.Scope, outcome Outcome) {
	kind, known := comparators[a.Comparator]
	switch {
	case !known:
		c.problems.Add(a.Pos, spec.Choices("use one of", "stringEquals", "booleanEquals", "allStringEquals",
			"anyStringEquals"), "there is no comparator %q", a.Comparator)
		return
	case scope == nil:
		c.problems.Add(a.Pos, "", "%s lacks the input or output that %s looks at", c.op.Name, a.Path)
		return
	}
	flag, err := strconv.ParseBool(a.Expected)
	if err != nil && kind == FlagIs {
		c.problems.Add(a.Pos, "expect true or false", "%q is no boolean", a.Expected)
		return
	}
	found := WaiterCase{Text: a.Expected, Flag: flag, Outcome: outcome}
	at := lookedAt{a.Matcher, a.Path, kind}
	if tests := c.w.OnOutput; len(tests) > 0 && c.last == at && tests[len(tests)-1].Kind == kind {
		last := &tests[len(tests)-1]
		if !slices.ContainsFunc(last.Cases, func(known WaiterCase) bool { return known.Text == found.Text }) {
			last.Cases = append(last.Cases, found)
		}
		return
	}
	code, err := c.value(scope, at)
	if err != nil {
		c.problems.Add(a.Pos, "", "%v", err)
		return
	}
	if want := valueKinds[kind]; code.Kind != want {
		c.problems.Add(a.Pos, "", "%s leads to a %s, not to a %s, which %s takes", a.Path, code.Kind, want, a.Comparator)
		return
	}
	c.last = at
	c.w.OnOutput = append(c.w.OnOutput, WaiterTest{Kind: kind, Code: code, Cases: []WaiterCase{found}})
}

// value compiles a path, or returns the value that a test before has looked at.
func (c *waiterCompiler) value(scope *jmespath.Scope, at lookedAt) (*jmespath.Code, error) {
	compile := scope.Value
	if at.kind == AllTexts || at.kind == AnyText {
		compile, at.kind = scope.Strings, AllTexts
	}
	if known := c.known[at]; known != nil {
		again := *known
		again.Stmts = nil
		return &again, nil
	}
	code, err := compile(at.path)
	if err == nil {
		c.known[at] = code
	}
	return code, err
}

var valueKinds = map[TestKind]jmespath.Kind{
	TextIs: jmespath.Text, FlagIs: jmespath.Boolean, AllTexts: jmespath.List, AnyText: jmespath.List,
}
